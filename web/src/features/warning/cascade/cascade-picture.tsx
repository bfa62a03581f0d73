import type { CascadeDetail } from '#contract/warning';
import type { ReactElement } from 'react';

import { BOX, type Box, layOut } from './picture-layout.ts';
import { CASCADE_TEXT } from './text.ts';

const LONGEST = 11;

/** The source at the left, what it reaches in columns by steps; each line is one dependency or rule. */
export function CascadePicture({ cascade }: { readonly cascade: CascadeDetail }): ReactElement | null {
  if (cascade.reaches.length === 0) return null;
  const { width, height, boxes, lines, left } = layOut(cascade);
  return (
    <figure className="cascade-picture">
      <svg
        width={width}
        height={height}
        viewBox={`-1 -1 ${width + 2} ${height + 2}`}
        role="img"
        aria-label={CASCADE_TEXT.picture(cascade.title, cascade.reaches.length)}
      >
        {lines.map(({ from, to }) => (
          <path key={to.id} className="cascade-line" d={curve(from, to)} />
        ))}
        {boxes.map((box) => (
          <PictureBox key={box.id} box={box} />
        ))}
      </svg>
      {left > 0 && <figcaption className="quiet">{CASCADE_TEXT.morePicture(left)}</figcaption>}
    </figure>
  );
}

function PictureBox({ box }: { readonly box: Box }): ReactElement {
  const state = box.reached?.outcome ?? 'source';
  const name = box.name.length > LONGEST ? `${box.name.slice(0, LONGEST - 1)}…` : box.name;
  return (
    <g className={`cascade-box cascade-box-${state}`} transform={`translate(${box.x} ${box.y})`}>
      <title>{box.reached?.why ?? box.name}</title>
      <rect width={BOX.width} height={BOX.height} rx={5} />
      <text x={10} y={22}>
        {name}
      </text>
    </g>
  );
}

function curve(from: Box, to: Box): string {
  const [x1, y1] = [from.x + BOX.width, from.y + BOX.height / 2];
  const [x2, y2] = [to.x, to.y + BOX.height / 2];
  const bend = (x2 - x1) / 2;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
