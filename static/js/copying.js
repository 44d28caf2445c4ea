// A button under each large number, where there is a mouse, that copies it.
export function copyNumbers() {
  if (!navigator.clipboard || !window.matchMedia("(hover: hover)").matches) {
    return;
  }
  document.querySelectorAll("a.app-tel").forEach((number) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "app-copy app-no-print";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${number.textContent.trim()}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(number.textContent.trim());
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    number.after(button);
  });
}
