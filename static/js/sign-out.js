// Forgets the desks that this device kept for use without a connection when somebody signs out.
(() => {
  document.addEventListener("submit", (event) => {
    if (event.target.action.endsWith("/sign-out") && "caches" in window) caches.delete("check-in");
  });
})();
