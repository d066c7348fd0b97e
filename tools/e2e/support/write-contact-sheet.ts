import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { chromium } from "playwright-core";

import { escapeText } from "./format-report.ts";

/** All screenshots of a folder on one page, and that page as a picture. */
export async function writeContactSheet(folder: string, wsEndpoint: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^\d.*\.jpg$/.test(name)).toSorted();
  const figures = await Promise.all(names.map((name) => formatFigure(folder, name)));
  const html = `<!doctype html><meta charset="utf-8"><title>All pages</title><style>${style}</style>
<h1>${names.length} pages</h1><main>${figures.join("\n")}</main>`;
  await writeFile(join(folder, "contact-sheet.html"), html);

  const browser = await chromium.connect(wsEndpoint);
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  await page.setContent(html);
  const path = join(folder, "contact-sheet.png");
  await page.screenshot({ path, fullPage: true });
  await browser.close();
}

async function formatFigure(folder: string, name: string): Promise<string> {
  const picture = await readFile(join(folder, name), "base64");
  const caption = escapeText(name.replace(/^\d+-|\.jpg$/g, ""));
  return `<figure><img alt="" src="data:image/jpeg;base64,${picture}"><figcaption>${caption}</figcaption></figure>`;
}

const style = `body{font:14px system-ui,sans-serif;margin:1.5rem;background:#eef1f6}
main{display:grid;grid-template-columns:repeat(5,1fr);gap:1rem}figure{margin:0}
img{width:100%;height:170px;object-fit:cover;object-position:left top;border:1px solid #b9c2d0;background:#fff}
figcaption{font-size:12px;overflow-wrap:anywhere}`;
