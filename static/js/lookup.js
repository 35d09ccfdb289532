// Turns a [data-lookup] field into a combobox: type a word or digits, choose with the arrow keys and Enter.
// The address in data-lookup answers with items that carry data-value and data-label; without script the field stays text.
// An item with data-href leads there instead of filling the field.
(() => {
  const WAIT = 150;
  const SHORTEST = 2;

  const text = (pattern, n) => (pattern || "").replace("{n}", n);

  class Lookup {
    constructor(field) {
      this.field = field;
      this.input = field.querySelector("[data-lookup-input]");
      this.list = field.querySelector(".lookup-list");
      this.status = field.querySelector("[data-lookup-status]");
      this.chosen = field.querySelector("[data-lookup-chosen]");
      this.multiple = field.hasAttribute("data-lookup-multiple");
      this.active = -1;
      this.input.setAttribute("role", "combobox");
      this.input.setAttribute("aria-autocomplete", "list");
      this.input.setAttribute("aria-controls", this.list.id);
      this.input.setAttribute("aria-expanded", "false");
      this.input.addEventListener("input", () => this.later());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.input.addEventListener("blur", () => this.close());
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
    }

    get options() { return [...this.list.querySelectorAll("[role=option]")]; }

    get open() { return !this.list.hidden; }

    // In a field with several codes only the text after the last separator is looked up.
    get typed() {
      const value = this.input.value;
      return (this.multiple ? value.slice(value.search(/[^,;\n]*$/)) : value).trim();
    }

    later() {
      clearTimeout(this.timer);
      if (this.request) this.request.abort();
      if (this.chosen && !this.multiple) this.chosen.hidden = true;
      this.timer = setTimeout(() => this.ask(), WAIT);
    }

    async ask() {
      clearTimeout(this.timer);
      const typed = this.typed;
      if (typed.length < SHORTEST) return this.close();
      const address = new URL(this.field.dataset.lookup, location.href);
      address.searchParams.set("q", typed);
      this.request = new AbortController();
      try {
        const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: this.request.signal });
        if (answer.ok) this.show(await answer.text());
      } catch (error) {
        if (error.name !== "AbortError") this.close();
      }
    }

    show(html) {
      if (document.activeElement !== this.input) return;
      const found = new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-value]");
      this.list.replaceChildren(...[...found].map((item, place) => this.option(item, place)));
      this.mark(-1);
      this.toggle(found.length > 0);
      this.status.textContent = found.length ? text(this.field.dataset.lookupCount, found.length) : this.field.dataset.lookupNone;
    }

    option(item, place) {
      const option = document.createElement("div");
      option.className = "lookup-option";
      option.id = `${this.list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.value = item.dataset.value;
      option.dataset.label = item.dataset.label;
      if (item.dataset.href) option.dataset.href = item.dataset.href;
      option.append(...item.cloneNode(true).childNodes);
      return option;
    }

    toggle(open) {
      this.list.hidden = !open;
      this.input.setAttribute("aria-expanded", String(open));
    }

    close() {
      clearTimeout(this.timer);
      if (this.request) this.request.abort();
      this.mark(-1);
      this.toggle(false);
    }

    mark(place) {
      this.active = place;
      this.options.forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
      const option = this.options[place];
      if (!option) return this.input.removeAttribute("aria-activedescendant");
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    key(event) {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      const count = this.options.length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!this.open) return this.ask();
        const step = event.key === "ArrowDown" ? 1 : -1;
        const from = this.active < 0 && step < 0 ? count : this.active;
        return this.mark((from + step + count) % count);
      }
      if (event.key === "Enter" && !(this.open && this.active >= 0)) {
        // The form is sent: suggestions still on their way must not open over what it brings.
        this.close();
      } else if (!this.open) {
        return;
      } else if (event.key === "Enter") {
        event.preventDefault();
        this.choose(this.options[this.active]);
      } else if (event.key === "Escape") {
        event.preventDefault();
        this.close();
      } else if (event.key === "Tab") {
        this.close();
      }
    }

    choose(option) {
      if (!option) return;
      const { value, label, href } = option.dataset;
      if (href) return location.assign(href);
      const kept = this.multiple ? this.input.value.slice(0, this.input.value.search(/[^,;\n]*$/)) : "";
      this.input.value = `${kept && !kept.endsWith("\n") ? `${kept.trimEnd()} ` : kept}${value}`;
      if (this.chosen) {
        this.chosen.textContent = label;
        this.chosen.hidden = false;
      }
      this.status.textContent = label;
      this.close();
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  const start = (root) => root.querySelectorAll("[data-lookup]:not([data-lookup-ready])").forEach((field) => {
    field.setAttribute("data-lookup-ready", "");
    new Lookup(field);
  });
  const ready = () => {
    start(document);
    document.body.addEventListener("htmx:load", (event) => start(event.target.parentElement || document));
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
