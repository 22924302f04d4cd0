import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatHour } from '../../text/format.js';
import type { ChartData, Series } from './chart.js';
import type { Colours } from './colours.js';

const HEIGHT = 150;

/** Draws a chart with `uplot`, which is loaded when the first one is shown. */
export class Drawing {
  private readonly plot: UPlot;

  /** @param onPoint the point under the pointer; null: it has left */
  constructor(
    place: HTMLElement,
    { at, series, fromZero }: ChartData,
    colours: Colours,
    onPoint: (index: number | null) => void,
  ) {
    const font = `12px ${getComputedStyle(place).fontFamily}`;
    const grid = { stroke: colours.line, width: 1 };
    const axis = { stroke: colours.quiet, font, grid, ticks: { ...grid, size: 4 } };
    this.plot = new UPlot(
      {
        width: place.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, y: false },
        scales: { y: { range: (_, min, max) => rangeOf(min, max, fromZero) } },
        axes: [
          { ...axis, size: 32, values: (_, moments) => moments.map((secs) => formatHour(secs * 1_000)) },
          {
            ...axis,
            size: (_, values) => widthOf(values ?? []),
            values: (_, values) => values.map((value) => series[0]?.format(value) ?? String(value)),
          },
        ],
        series: [{}, ...series.map((one) => strokeOf(one, colours))],
        hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
      },
      dataOf({ at, series }),
      place,
    );
  }

  /** The same series with other values. */
  update(data: Pick<ChartData, 'at' | 'series'>): void {
    this.plot.setData(dataOf(data));
  }

  resize(width: number): void {
    if (width > 0) this.plot.setSize({ width, height: HEIGHT });
  }

  remove(): void {
    this.plot.destroy();
  }
}

function dataOf({ at, series }: Pick<ChartData, 'at' | 'series'>): UPlot.AlignedData {
  return [[...at], ...series.map(({ values }) => [...values])];
}

function strokeOf({ colour, isMark = false }: Series, colours: Colours): UPlot.Series {
  const stroke = colours[colour];
  return {
    stroke,
    width: isMark ? 1 : 2,
    ...(isMark ? { dash: [6, 4] } : {}),
    points: { show: false },
    spanGaps: true,
  };
}

/** Room for the longest value of the axis. */
function widthOf(values: readonly string[]): number {
  return 16 + 7.5 * Math.max(0, ...values.map(({ length }) => length));
}

/** Some air above, so that the highest point is not cut; never an empty range. */
function rangeOf(min: number | null, max: number | null, fromZero: boolean): [number, number] {
  const [least, most] = [fromZero ? 0 : (min ?? 0), max ?? 0];
  const air = (most - least) * 0.1 || most * 0.1 || 1;
  return [fromZero ? 0 : Math.max(0, least - air), most + air];
}
