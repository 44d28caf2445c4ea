// Every page works without this: it moves the focus to the error summary, stops a
// button from being pressed twice, suggests while one types and copies numbers.
import { initAll } from "./govuk-frontend.min.js";
import { suggest } from "./suggestions.js";
import { copyNumbers } from "./copying.js";
import { slashToSearch } from "./shortcuts.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
document.querySelectorAll("input[data-suggestions]").forEach(suggest);
copyNumbers();
slashToSearch();
