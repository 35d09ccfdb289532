// The theme switch of the account menu: keeps the choice in the cookie that the server reads for the next page.
(() => {
  const YEAR_SECONDS = 31536000;
  const root = document.documentElement;
  const buttons = [...document.querySelectorAll("[data-theme-choice]")];
  const show = () => buttons.forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (root.dataset.theme ?? "")));
  });
  buttons.forEach((button) => button.addEventListener("click", () => {
    const theme = button.dataset.themeChoice;
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    document.cookie = `theme=${theme}; path=/; max-age=${theme ? YEAR_SECONDS : 0}; samesite=lax`;
    show();
  }));
  document.querySelectorAll("[data-theme-switch]").forEach((box) => { box.hidden = false; });
  show();
})();
