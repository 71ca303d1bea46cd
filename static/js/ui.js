// The frame of every page: menus that close, the way to the search box, news of something done.
const all = (selector) => document.querySelectorAll(selector);

for (const element of all("[data-js][hidden]")) element.hidden = false; // what works with JavaScript only

document.addEventListener("click", (event) => {
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && document.getElementById("q")) {
    event.preventDefault();
    document.getElementById("q").focus();
  }
  if (event.key !== "Escape") return;
  for (const menu of all("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// The server says it with `HX-Trigger: {"toast": "…"}`; errors are never toasts.
document.addEventListener("toast", (event) => {
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.textContent = event.detail.value;
  document.querySelector(".toasts").append(toast);
  setTimeout(() => toast.remove(), 8000);
});
