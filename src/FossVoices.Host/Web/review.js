// Keys for the review pages. Everything works without them: they press what is on the page.
"use strict";
(() => {
  const on = document.getElementById("keys");
  const kept = "voices-review-keys";
  if (on) {
    on.checked = localStorage.getItem(kept) !== "off";
    on.addEventListener("change", () => localStorage.setItem(kept, on.checked ? "on" : "off"));
  }

  let chosen = "";
  document.addEventListener("selectionchange", () => {
    const answer = document.getElementById("answer");
    const selection = document.getSelection();
    if (answer && selection && !selection.isCollapsed && answer.contains(selection.anchorNode) && answer.contains(selection.focusNode))
      chosen = selection.toString();
  });

  let last = null; // The quote of the code that was ticked last takes what is selected.
  document.addEventListener("change", event => {
    if (event.target.name === "code" && event.target.checked)
      last = event.target.closest(".code-row").querySelector("[data-quote]");
  });
  document.addEventListener("focusin", event => {
    if (event.target.matches("[data-quote]"))
      last = event.target;
  });

  document.addEventListener("keydown", event => {
    const typing = event.target.matches("textarea, select, input:not([type=checkbox])");
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing || (on && !on.checked) || localStorage.getItem(kept) === "off")
      return;
    if (event.key === "q" && last && chosen) {
      last.value = chosen;
      event.preventDefault();
      return;
    }
    const pressed = [...document.querySelectorAll("[data-key]")].find(e => e.dataset.key === event.key);
    if (!pressed)
      return;
    event.preventDefault();
    if (pressed.tagName === "INPUT")
      pressed.focus();
    pressed.click();
  });
})();
