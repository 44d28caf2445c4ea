// "/" leads to the search box, unless one is typing already.
export function slashToSearch() {
  const box = document.getElementById("q");
  if (!box) {
    return;
  }
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
}
