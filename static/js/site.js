// Every page works without this: it adds the folding menu, moves the focus to
// the error summary and stops a button from being pressed twice.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
