// The timetable by hand: shows where the chosen meeting may go, places it by click, drag or Enter, moves by arrow keys.
// Without script the same buttons choose and place one page at a time.
(() => {
  const table = () => document.querySelector("[data-timetable]");
  const panel = () => document.getElementById("chosen");
  const grid = () => [...(table()?.querySelectorAll("button.meet") ?? [])];
  const buttonAt = (key) => document.querySelector(`#c-${CSS.escape(key)} button`);
  const words = (list) => new Set((list ?? "").split(" ").filter(Boolean));
  let focused = null;
  let listedAt = null;

  // Sends a form of the page with a value that its own button would have sent.
  const send = (id, name, value) => {
    const form = document.getElementById(id);
    if (!form) return;
    form.querySelector("[data-sent]")?.remove();
    if (value !== null) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      input.dataset.sent = "";
      form.append(input);
    }
    form.requestSubmit();
  };
  const choose = (number) => send("choose-form", "chosen", number);
  const place = (key) => { focused = key; send("place-form", "to", key); };

  const mark = () => {
    const { freeWord, fitWord, swapWord } = table()?.dataset ?? {};
    const { meeting, free, swaps } = panel()?.dataset ?? {};
    const open = words(free);
    const others = words(swaps);
    document.querySelectorAll("button[data-meeting]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.meeting === meeting));
      const swap = others.has(button.dataset.meeting);
      button.classList.toggle("meet--swap", swap);
      if (swap) button.title = swapWord;
      else button.removeAttribute("title");
    });
    grid().filter((button) => button.form?.id === "place-form" || button.classList.contains("meet--free")).forEach((button) => {
      const fits = open.has(button.dataset.place);
      button.classList.toggle("meet--fit", fits);
      button.querySelector("b").textContent = fits ? fitWord : freeWord;
    });
    rove();
    roveInList();
  };

  // One stop for the Tab key in the grid and one in the list; the arrow keys move from there.
  const stopAt = (all, at) => all.forEach((button) => { button.tabIndex = button === at ? 0 : -1; });
  const rove = (to) => {
    const all = grid();
    stopAt(all, to ?? (focused && buttonAt(focused)) ?? all.find((button) => button.tabIndex === 0) ?? all[0]);
  };
  const waiting = () => [...document.querySelectorAll("#side button.meet")];
  const roveInList = () => {
    const all = waiting();
    stopAt(all, all.find((button) => button.dataset.meeting === listedAt) ?? all[0]);
  };
  // From the list: up and down to another meeting, sideways to the first place that the meeting in hand may have.
  const stepFromList = (button, rows, columns) => {
    const all = waiting();
    if (rows) return all[all.indexOf(button) + rows];
    return columns && panel()?.dataset.meeting ? grid().find((one) => one.classList.contains("meet--fit")) : null;
  };
  const step = (button, rows, columns) => {
    const lines = [...table().tBodies[0].rows];
    const line = lines.indexOf(button.closest("tr"));
    const stops = (row) => [...row.querySelectorAll(".tt-cell")].map((cell) => cell.querySelector("button"));
    const column = stops(lines[line]).indexOf(button);
    for (let by = 1; by <= lines.length + 100; by += 1) {
      const row = lines[line + rows * by];
      const found = row && stops(row)[column + columns * by];
      if (found) return found;
      if (!row || stops(row)[column + columns * by] === undefined) return null;
    }
    return null;
  };
  const show = (button) => button.scrollIntoView({ block: "nearest", inline: "nearest" });
  const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel()?.dataset.meeting) { choose(null); return; }
    const button = event.target.closest?.("button.meet");
    if (!button || !MOVES[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = (button.closest("#side") ? stepFromList : step)(button, ...MOVES[event.key]);
    if (!next) return;
    next.focus();
    show(next);
  });
  document.addEventListener("focusin", (event) => {
    const button = event.target.closest?.("[data-timetable] button.meet");
    if (button) { focused = button.dataset.place; rove(button); }
    const listed = event.target.closest?.("#side button.meet");
    if (listed) { listedAt = listed.dataset.meeting; roveInList(); }
  });

  document.addEventListener("click", (event) => {
    const back = event.target.closest("[data-put-back]");
    if (back) { event.preventDefault(); choose(null); return; }
    const button = event.target.closest("button.meet, .tt-ways button");
    if (!button) return;
    event.preventDefault();
    const chosen = panel()?.dataset.meeting;
    if (button.matches(".tt-ways button")) place(button.value);
    else if (button.classList.contains("meet--free")) { if (chosen) place(button.dataset.place); }
    else if (button.classList.contains("meet--swap")) place(button.dataset.place);
    else choose(button.dataset.meeting === chosen ? null : button.dataset.meeting);
  });

  // By mouse: a meeting in the air is the chosen one; the server says whether it may lie where it is dropped.
  let air = null;
  document.addEventListener("dragstart", (event) => {
    const button = event.target.closest?.("button[data-meeting]");
    if (!button) return;
    air = button.dataset.meeting;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", air);
    if (panel()?.dataset.meeting !== air) choose(air);
  });
  const under = (event) => air && event.target.closest?.("[data-timetable] button.meet");
  const clear = () => document.querySelectorAll(".meet--over").forEach((one) => one.classList.remove("meet--over"));
  document.addEventListener("dragover", (event) => {
    const button = under(event);
    if (!button) return;
    event.preventDefault();
    clear();
    button.classList.add("meet--over");
  });
  document.addEventListener("drop", (event) => {
    const button = under(event);
    if (!button) return;
    event.preventDefault();
    if (panel()?.dataset.meeting === air && button.dataset.meeting !== air) place(button.dataset.place);
  });
  document.addEventListener("dragend", () => { air = null; clear(); });

  // A meeting that was taken in hand is said aloud: where it is, and how many places it finds.
  let said = panel()?.dataset.meeting;
  const say = () => {
    const { meeting, say: words } = panel()?.dataset ?? {};
    if (meeting === said) return;
    said = meeting;
    document.getElementById("said").textContent = words ?? "";
  };

  // The button that takes a step back goes with the last step; whoever pressed it goes on in the grid.
  let undoing = false;
  document.addEventListener("submit", (event) => { undoing = Boolean(event.target.closest("#undo")); }, true);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!table()) return;
    mark();
    say();
    const lost = document.activeElement === document.body || !document.activeElement;
    if (lost && event.detail.elt) {
      const at = (focused && buttonAt(focused)) ?? (undoing ? grid().find((one) => one.tabIndex === 0) : null);
      at?.focus();
    }
    // What was pressed may lie under the panel of the meeting in hand by now.
    const pressed = document.activeElement.closest("button.meet");
    if (pressed) show(pressed);
  });
  if (table()) mark();
})();
