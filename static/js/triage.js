// J and K walk through a list marked data-triage, E presses the item's own "done" button. Only inside the list, never in a
// field, and not at all where the profile turns single keys off (WCAG 2.1.4).
document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
  const list = event.target.closest("[data-triage]");
  if (!list || event.target.closest("input, textarea, select")) return;
  const links = [...list.querySelectorAll("h3 a")];
  const here = links.findIndex((link) => link.closest("li").contains(event.target));
  if (event.key === "j") links[Math.min(here + 1, links.length - 1)]?.focus();
  if (event.key === "k") links[Math.max(here - 1, 0)]?.focus();
  if (event.key === "e") links[here]?.closest("li").querySelector("[data-done]")?.click();
});
