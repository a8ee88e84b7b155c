// Where text goes, reckoned without a browser: widths are estimates of a sans-serif face, a little generous.

const NARROW_CHARACTERS = /[ijl.,:;|!'() ]/;
const WIDE_CHARACTERS = /[A-Z0-9mwMW$%]/;

/** Pixels, within about a tenth of what Arial, Segoe UI or San Francisco take. */
export function estimateTextPx(text: string, fontPx: number): number {
  let ems = 0;
  for (const character of text) {
    ems += NARROW_CHARACTERS.test(character) ? 0.34 : WIDE_CHARACTERS.test(character) ? 0.68 : 0.6;
  }
  return ems * fontPx;
}

/** Breaks between words, so that no line is wider than `widthPx` unless a single word is. */
export function wrapText(text: string, widthPx: number, fontPx: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || estimateTextPx(longer, fontPx) > widthPx) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/**
 * Moves labels on a line apart, each as little as can be, so that neighbours are at least `distancePx` apart and all stay within the
 * range. What does not fit in the range is spread over it evenly. Gives the new places in the order of the old.
 */
export function spreadLabels(
  wantedPx: readonly number[],
  distancePx: number,
  [minPx, maxPx]: readonly [number, number],
): number[] {
  const order = wantedPx.map((_, index) => index).sort((a, b) => at(wantedPx, a) - at(wantedPx, b));
  const room = maxPx - minPx;
  const step = Math.min(distancePx, wantedPx.length > 1 ? room / (wantedPx.length - 1) : room);
  // Labels that touch form a block, which sits where the mean of its labels' wishes is.
  const blocks: { wishes: number[]; startPx: number }[] = [];
  for (const index of order) {
    let block = place([at(wantedPx, index)], step, [minPx, maxPx]);
    for (let before = blocks.at(-1); before && overlaps(before, block, step); before = blocks.at(-1)) {
      blocks.pop();
      block = place([...before.wishes, ...block.wishes], step, [minPx, maxPx]);
    }
    blocks.push(block);
  }
  const spread = blocks.flatMap(({ wishes, startPx }) => wishes.map((_, index) => startPx + index * step));
  return wantedPx.map((_, index) => at(spread, order.indexOf(index)));
}

function place(wishes: number[], step: number, [minPx, maxPx]: readonly [number, number]) {
  const length = (wishes.length - 1) * step;
  const mean = wishes.reduce((sum, wish, index) => sum + wish - index * step, 0) / wishes.length;
  return { wishes, startPx: Math.min(Math.max(mean, minPx), maxPx - length) };
}

function overlaps(before: { wishes: number[]; startPx: number }, { startPx }: { startPx: number }, step: number) {
  return before.startPx + before.wishes.length * step > startPx + 1e-9;
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`there is no label ${index} among ${values.length}`);
  return value;
}

/** A label in an area of its own, to the right of a place. */
export function boxBeside(
  { x, y }: { readonly x: number; readonly y: number },
  text: string,
  fontPx: number,
  gapPx: number,
): Box {
  const width = estimateTextPx(text, fontPx);
  return centre(x + gapPx + width / 2, y, width + 2, fontPx + 2);
}

/** Whether a label may stand there. */
export function isFree(box: Box, bounds: Box, taken: readonly Box[]): boolean {
  return isWithin(box, bounds) && taken.every((other) => computeOverlap(box, other) === 0);
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface LabelWish {
  readonly text: string;
  readonly fontPx: number;
  readonly isBold?: boolean;
  /** The place that it names. */
  readonly x: number;
  readonly y: number;
  /** Left out, rather than laid over another, unless this is set; then it takes the place that overlaps least. */
  readonly mustShow?: boolean;
}

export interface PlacedLabel {
  /** Of the text's middle. */
  readonly x: number;
  readonly y: number;
}

const BOLD_FACTOR = 1.1;

/** Beside a mark, above and below it, and at the corners: what is tried first. */
const DIRECTIONS: readonly (readonly [number, number])[] = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, -1],
  [-1, -1],
  [1, 1],
  [-1, 1],
];

/**
 * Puts each label next to its place so that it overlaps neither `obstacles` nor a label before it, nor leaves `bounds`. Labels come in
 * the order of their importance. Undefined stands for one that found no room.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  {
    gapPx,
    first = 'beside',
    bounds,
    obstacles,
  }: {
    readonly gapPx: number;
    /** What is tried first. Default `beside`. */
    readonly first?: 'beside' | 'above';
    readonly bounds: Box;
    readonly obstacles: readonly Box[];
  },
): (PlacedLabel | undefined)[] {
  const taken = [...obstacles];
  const directions = first === 'beside' ? DIRECTIONS : [...DIRECTIONS.slice(2), ...DIRECTIONS.slice(0, 2)];
  return wishes.map(({ text, fontPx, isBold, x, y, mustShow }) => {
    const width = estimateTextPx(text, fontPx) * (isBold ? BOLD_FACTOR : 1);
    const height = fontPx;
    const candidates = [1, 2].flatMap((distance) =>
      directions.map(([right, down]) => {
        const gap = gapPx * distance;
        return centre(x + right * (gap + width / 2), y + down * (gap + height / 2), width, height);
      }),
    );
    const within = candidates.filter((box) => isWithin(box, bounds));
    const free = within.find((box) => isFree(box, bounds, taken));
    const best =
      free ?? (mustShow ? within.toSorted((a, b) => sumOverlap(a, taken) - sumOverlap(b, taken))[0] : undefined);
    if (!best) return undefined;
    taken.push(best);
    return { x: (best.left + best.right) / 2, y: (best.top + best.bottom) / 2 };
  });
}

/** What a mark takes. */
export function boxAround({ x, y }: { readonly x: number; readonly y: number }, radiusPx: number): Box {
  return centre(x, y, 2 * radiusPx, 2 * radiusPx);
}

function centre(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function isWithin(box: Box, bounds: Box): boolean {
  return box.left >= bounds.left && box.right <= bounds.right && box.top >= bounds.top && box.bottom <= bounds.bottom;
}

function sumOverlap(box: Box, others: readonly Box[]): number {
  return others.reduce((sum, other) => sum + computeOverlap(box, other), 0);
}

function computeOverlap(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}
