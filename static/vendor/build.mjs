// Copies the third-party files (pages, printed papers, one for a test) to their places and records them in manifest.json.
// Run by hand after a change of package.json: npm ci && npm run vendor. The results are committed,
// so that running the product needs no Node.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const PACKAGES = join(ROOT, "node_modules");

// Letters each file keeps; together they cover Turkish, Russian, English, Kazakh and Tatar in both scripts.
const range = (from, to) =>
  String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, step) => from + step));
const FONTS = {
  latin: range(0x20, 0x7e) + range(0xa0, 0xff) + "ıŒœ–—‘’‚“”„•…‹›€™−",
  "latin-ext": "ĀāĞğİıŞşŇňŊŋŞşȘșŽžČčŠšĆćĐđƏə₺₽",
  cyrillic: "Ёё" + range(0x410, 0x44f) + "ІіҰұ№",
  "cyrillic-ext": "ҒғҖҗҚқҢңҮүҺһӘәӨө",
};

const ICONS = [
  "search", "check", "x", "arrow-right", "arrow-left", "chevron-down", "menu", "house", "users", "calendar",
  "message-square", "triangle-alert", "info", "map-pin", "clock", "list-filter", "plus", "shield-check", "globe",
  "file-text", "mail", "printer", "download", "arrow-left-right", "bookmark", "flag", "award", "ellipsis",
  "graduation-cap", "bus",
];

// Our own drawing: the arch of an introduction.
const ARCH = '<symbol id="introduction" viewBox="0 0 24 24"><path d="M4 18a8 8 0 0 1 16 0"/><path d="M2.5 18h19"/></symbol>';

const version = (name) => JSON.parse(readFileSync(join(PACKAGES, name, "package.json"), "utf8")).version;
const entries = [];

function keep(name, source, target, content) {
  const path = join(ROOT, target);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  const sha384 = createHash("sha384").update(readFileSync(path)).digest("base64");
  entries.push({ package: name, version: version(name), source, file: target, sha384 });
}

function copy(name, source, target) {
  keep(name, source, target, readFileSync(join(PACKAGES, name, source)));
}

async function cutFonts() {
  const name = "@fontsource-variable/onest";
  for (const [part, letters] of Object.entries(FONTS)) {
    const source = `files/onest-${part}-wght-normal.woff2`;
    const whole = readFileSync(join(PACKAGES, name, source));
    const cut = await subsetFont(whole, letters, { targetFormat: "woff2", variationAxes: { wght: { min: 400, max: 600 } } });
    keep(name, source, `static/vendor/onest/onest-${part}.woff2`, cut);
  }
  copy(name, "LICENSE", "static/vendor/onest/LICENSE.txt");
}

function symbol(icon) {
  const svg = readFileSync(join(PACKAGES, "lucide-static", "icons", `${icon}.svg`), "utf8");
  const drawing = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return `<symbol id="${icon}" viewBox="0 0 24 24">${drawing.replace(/\s*\n\s*/g, "").trim()}</symbol>`;
}

function drawIcons() {
  const head = `<!-- lucide-static ${version("lucide-static")}, ISC; introduction: our own -->`;
  const sprite = ['<svg xmlns="http://www.w3.org/2000/svg">', head, ...ICONS.map(symbol), ARCH, "</svg>", ""].join("\n");
  keep("lucide-static", "icons/*.svg", "static/img/icons.svg", sprite);
  copy("lucide-static", "LICENSE", "static/vendor/lucide/LICENSE.txt");
}

// Whole faces: the typesetter reads no WOFF2, and names on papers may need any letter of the family.
function copyPrintFonts() {
  const name = "@expo-google-fonts/source-sans-3";
  for (const face of ["400Regular", "600SemiBold"]) {
    const file = `SourceSans3_${face}.ttf`;
    copy(name, `${face}/${file}`, `templates/pdf/fonts/${file}`);
  }
  copy(name, "LICENSE_FONT", "templates/pdf/fonts/LICENSE.txt");
}

copy("htmx.org", "dist/htmx.min.js", "static/vendor/htmx/htmx.min.js");
copy("htmx.org", "LICENSE", "static/vendor/htmx/LICENSE.txt");
await cutFonts();
drawIcons();
copyPrintFonts();
// Reads the calendar files that the product writes, in a test only.
copy("ical.js", "dist/ical.es5.min.cjs", "tests/vendor/ical/ical.es5.min.js");
copy("ical.js", "LICENSE", "tests/vendor/ical/LICENSE.txt");
writeFileSync(join(ROOT, "static", "vendor", "manifest.json"), JSON.stringify(entries, null, 2) + "\n");
