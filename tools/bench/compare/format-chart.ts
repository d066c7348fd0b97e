import type { Row } from "./row.ts";

const lineHeight = 22;
const labelWidth = 420;
const barsWidth = 360;
const margin = 16;

/**
 * One bar a row on a logarithmic scale, from 1 (a draw) to the right when we are ahead, to the left when the peer is.
 * Colours work on light and dark pages.
 */
export function formatChart(rows: readonly Row[]): string {
  const reach = Math.max(1, ...rows.map(({ ratio }) => Math.abs(Math.log10(ratio))));
  const width = labelWidth + barsWidth + 2 * margin;
  const height = rows.length * lineHeight + 2 * margin;
  const zero = margin + labelWidth + barsWidth / 2;
  const bars = rows.map((row, index) => formatBar(row, { index, zero, reach }));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>How many times as much each peer needs; right of the line we are ahead</title>`,
    `<line x1="${zero}" y1="${margin / 2}" x2="${zero}" y2="${height - margin / 2}" stroke="#888"/>`,
    ...bars,
    "</svg>",
    "",
  ].join("\n");
}

interface Place {
  index: number;
  zero: number;
  reach: number;
}

function formatBar({ name, peerName, ratio }: Row, { index, zero, reach }: Place): string {
  const top = margin + index * lineHeight;
  const length = (Math.abs(Math.log10(ratio)) / reach) * (barsWidth / 2 - 40);
  const isAhead = ratio >= 1;
  const left = isAhead ? zero : zero - length;
  const label = `<text x="${margin}" y="${top + 14}" fill="#888">${escapeXml(`${name} · ${peerName}`)}</text>`;
  const bar = `<rect x="${left.toFixed(1)}" y="${top + 4}" width="${length.toFixed(1)}" height="${lineHeight - 8}" fill="${isAhead ? "#2f9e6e" : "#d9822b"}"/>`;
  const figureAt = isAhead ? left + length + 4 : left - 4;
  const figure = `<text x="${figureAt.toFixed(1)}" y="${top + 14}" fill="#888" text-anchor="${isAhead ? "start" : "end"}">${ratio.toFixed(1)}x</text>`;
  return [label, bar, figure].join("");
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
