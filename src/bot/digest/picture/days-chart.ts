import type { PictureRow } from '../../../domain/digest/digest-picture.ts';
import type { ChartPlan } from './chart.ts';
import { colours } from './look.ts';

/** How much of a row is above its highest bar, for the marks of failed runs, and beneath its bars. */
const above = 0.5;
const markAt = 1.24;
const beneath = 0.14;

/** Where in a row its bars stand, from its top to its bottom. */
export const groundAt = (1 + above) / (1 + above + beneath);

/** Thirty days of every row, one above the other, each on a scale of its own: bars are sizes, crosses are failed runs. */
export function daysChart(rows: readonly PictureRow[]): ChartPlan {
  const days = rows[0]?.sizes.map((_, day) => String(day)) ?? [];
  return {
    type: 'bar',
    data: { labels: days, datasets: rows.flatMap(datasetsOf) },
    options: {
      layout: { autoPadding: false },
      scales: { x: { display: false, offset: true }, ...Object.fromEntries(rows.map(scaleOf)) },
    },
  };
}

function datasetsOf({ sizes, failures }: PictureRow, row: number): ChartPlan['data']['datasets'] {
  const highest = highestOf(sizes);
  return [
    {
      type: 'line',
      yAxisID: axisOf(row),
      data: failures.map((count) => (count > 0 ? highest * markAt : null)),
      showLine: false,
      pointStyle: 'crossRot',
      pointRadius: 4.5,
      pointBorderWidth: 2.2,
      pointBorderColor: colours.failure,
      clip: false,
    },
    {
      type: 'bar',
      yAxisID: axisOf(row),
      data: [...sizes],
      grouped: false,
      backgroundColor: colours.bar,
      minBarLength: 2,
      barPercentage: 0.95,
      categoryPercentage: 0.85,
    },
  ];
}

/** Axes of one stack stand one above the other and share the height. */
function scaleOf({ sizes }: PictureRow, row: number): [string, object] {
  const highest = highestOf(sizes);
  const range = { min: -highest * beneath, max: highest * (1 + above) };
  return [axisOf(row), { ...range, display: false, stack: 'rows', weight: -row }];
}

function axisOf(row: number): string {
  return `y${row}`;
}

function highestOf(sizes: readonly (number | null)[]): number {
  return Math.max(1, ...sizes.map((size) => size ?? 0));
}
