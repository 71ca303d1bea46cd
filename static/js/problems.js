// What htmx leaves to the page: a refusal is shown beside what was asked for, and focus never falls into the void.
function parse(html) {
  const found = new DOMParser().parseFromString(html, "text/html").querySelector("[data-problem]");
  return found && document.importNode(found, true);
}

document.addEventListener("htmx:responseError", (event) => {
  const ended = event.detail.xhr.status === 401 && document.getElementById("session-ended")?.content.firstElementChild.cloneNode(true);
  const problem = ended || parse(event.detail.xhr.responseText);
  const place = event.detail.elt.closest("form, .card, main") ?? document.getElementById("main");
  if (!problem) return;
  place.querySelector(":scope > [data-problem]")?.remove();
  place.prepend(problem);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.elt.closest("form, .card, main")?.querySelector(":scope > [data-problem]")?.remove();
});

let lost = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  lost = event.detail.target.contains(document.activeElement);
});
document.addEventListener("htmx:afterSettle", (event) => {
  const heading = event.detail.elt.querySelector("h1, h2, h3");
  if (!lost || document.activeElement !== document.body || !heading) return;
  heading.tabIndex = -1;
  heading.focus();
});
