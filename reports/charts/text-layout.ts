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
  const roomPx = maxPx - minPx;
  const stepPx = Math.min(distancePx, wantedPx.length > 1 ? roomPx / (wantedPx.length - 1) : roomPx);
  // Labels that touch form a block, which sits where the mean of its labels' wishes is.
  const blocks: Block[] = [];
  for (const index of order) {
    let block = createBlock([at(wantedPx, index)], stepPx, [minPx, maxPx]);
    for (let before = blocks.at(-1); before && overlaps(before, block, stepPx); before = blocks.at(-1)) {
      blocks.pop();
      block = createBlock([...before.wantedPx, ...block.wantedPx], stepPx, [minPx, maxPx]);
    }
    blocks.push(block);
  }
  const spreadPx = blocks.flatMap((block) => block.wantedPx.map((_, index) => block.startPx + index * stepPx));
  return wantedPx.map((_, index) => at(spreadPx, order.indexOf(index)));
}

interface Block {
  readonly wantedPx: readonly number[];
  /** Of the first label. */
  readonly startPx: number;
}

function createBlock(wantedPx: readonly number[], stepPx: number, [minPx, maxPx]: readonly [number, number]): Block {
  const lengthPx = (wantedPx.length - 1) * stepPx;
  const meanPx = wantedPx.reduce((sumPx, placePx, index) => sumPx + placePx - index * stepPx, 0) / wantedPx.length;
  return { wantedPx, startPx: Math.min(Math.max(meanPx, minPx), maxPx - lengthPx) };
}

function overlaps(before: Block, { startPx }: Block, stepPx: number): boolean {
  return before.startPx + before.wantedPx.length * stepPx > startPx + 1e-9;
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`there is no label ${index} among ${values.length}`);
  return value;
}

/** A label in an area of its own, to the right of a place. */
export function boxBeside({ xPx, yPx }: Place, text: string, fontPx: number, gapPx: number): Box {
  const widthPx = estimateTextPx(text, fontPx);
  return centre(xPx + gapPx + widthPx / 2, yPx, widthPx + 2, fontPx + 2);
}

/** Whether a label may stand there. */
export function isFree(box: Box, bounds: Box, taken: readonly Box[]): boolean {
  return isWithin(box, bounds) && taken.every((other) => computeOverlap(box, other) === 0);
}

export interface Place {
  readonly xPx: number;
  readonly yPx: number;
}

export interface Box {
  readonly leftPx: number;
  readonly topPx: number;
  readonly rightPx: number;
  readonly bottomPx: number;
}

/** At the place that it names. */
export interface LabelWish extends Place {
  readonly text: string;
  readonly fontPx: number;
  readonly isBold?: boolean;
  /** Left out, rather than laid over another, unless this is set; then it takes the place that overlaps least. */
  readonly mustShow?: boolean;
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
 * the order of their importance. Gives where each text's middle goes; undefined stands for one that found no room.
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
): (Place | undefined)[] {
  const taken = [...obstacles];
  const directions = first === 'beside' ? DIRECTIONS : [...DIRECTIONS.slice(2), ...DIRECTIONS.slice(0, 2)];
  return wishes.map(({ text, fontPx, isBold, xPx, yPx, mustShow }) => {
    const widthPx = estimateTextPx(text, fontPx) * (isBold ? BOLD_FACTOR : 1);
    const heightPx = fontPx;
    const candidates = [gapPx, 2 * gapPx].flatMap((distancePx) =>
      directions.map(([right, down]) => {
        const middleXPx = xPx + right * (distancePx + widthPx / 2);
        const middleYPx = yPx + down * (distancePx + heightPx / 2);
        return centre(middleXPx, middleYPx, widthPx, heightPx);
      }),
    );
    const within = candidates.filter((box) => isWithin(box, bounds));
    const free = within.find((box) => isFree(box, bounds, taken));
    const best =
      free ?? (mustShow ? within.toSorted((a, b) => sumOverlap(a, taken) - sumOverlap(b, taken))[0] : undefined);
    if (!best) return undefined;
    taken.push(best);
    return { xPx: (best.leftPx + best.rightPx) / 2, yPx: (best.topPx + best.bottomPx) / 2 };
  });
}

/** What a mark takes. */
export function boxAround({ xPx, yPx }: Place, radiusPx: number): Box {
  return centre(xPx, yPx, 2 * radiusPx, 2 * radiusPx);
}

function centre(xPx: number, yPx: number, widthPx: number, heightPx: number): Box {
  return {
    leftPx: xPx - widthPx / 2,
    rightPx: xPx + widthPx / 2,
    topPx: yPx - heightPx / 2,
    bottomPx: yPx + heightPx / 2,
  };
}

function isWithin(box: Box, bounds: Box): boolean {
  return (
    box.leftPx >= bounds.leftPx &&
    box.rightPx <= bounds.rightPx &&
    box.topPx >= bounds.topPx &&
    box.bottomPx <= bounds.bottomPx
  );
}

function sumOverlap(box: Box, others: readonly Box[]): number {
  return others.reduce((sum, other) => sum + computeOverlap(box, other), 0);
}

function computeOverlap(a: Box, b: Box): number {
  const widthPx = Math.min(a.rightPx, b.rightPx) - Math.max(a.leftPx, b.leftPx);
  const heightPx = Math.min(a.bottomPx, b.bottomPx) - Math.max(a.topPx, b.topPx);
  return widthPx > 0 && heightPx > 0 ? widthPx * heightPx : 0;
}
