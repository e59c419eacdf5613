/** The sketch of a coverage map: a field of dots, brighter around the towns and along the roads. */

const SVG = "http://www.w3.org/2000/svg";
const COLUMNS = 34;
const ROWS = 22;
const STEP = 16;

type Point = readonly [x: number, y: number];

const TOWNS: readonly Point[] = [
  [8, 7],
  [17, 5],
  [14, 14],
  [25, 9],
  [28, 16],
  [5, 16],
];

const ROADS: readonly (readonly [number, number])[] = [
  [0, 1],
  [0, 2],
  [1, 3],
  [3, 4],
  [2, 4],
  [2, 5],
];

/** Fills an SVG with the dots. */
export function drawCoverage(map: Element | null): void {
  if (!map) return;
  for (let row = 0; row < ROWS; row += 1) {
    for (let column = 0; column < COLUMNS; column += 1) {
      if (isLand(column, row)) map.append(dot(column, row));
    }
  }
}

/** A country of no name: an uneven oval. */
function isLand(column: number, row: number): boolean {
  const x = (column - COLUMNS / 2) / (COLUMNS / 2);
  const y = (row - ROWS / 2) / (ROWS / 2);
  const shore = 0.93 + 0.08 * Math.sin(column * 0.7) + 0.07 * Math.cos(row * 0.9 + column * 0.4);
  return x * x + y * y < shore * shore;
}

function dot(column: number, row: number): SVGElement {
  const circle = document.createElementNS(SVG, "circle");
  const shift = row % 2 ? STEP / 2 : 0;
  circle.setAttribute("cx", `${(column + 0.5) * STEP + shift}`);
  circle.setAttribute("cy", `${(row + 0.5) * STEP}`);
  circle.setAttribute("r", "4.6");
  circle.setAttribute("class", signal([column, row]));
  return circle;
}

function signal(point: Point): "strong" | "good" | "voice" {
  const town = Math.min(...TOWNS.map((each) => distance(point, each)));
  const road = Math.min(...ROADS.map(([from, to]) => toRoad(point, TOWNS[from], TOWNS[to])));
  if (town < 2.7) return "strong";
  return town < 5 || road < 1.3 ? "good" : "voice";
}

function distance([x, y]: Point, [townX, townY]: Point): number {
  return Math.hypot(x - townX, y - townY);
}

function toRoad(point: Point, from: Point = [0, 0], to: Point = [0, 0]): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const along = ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / (dx * dx + dy * dy);
  const share = Math.max(0, Math.min(1, along));
  return distance(point, [from[0] + share * dx, from[1] + share * dy]);
}
