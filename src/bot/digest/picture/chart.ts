import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
} from 'chart.js';
import { type Canvas, newPlate } from './canvas.ts';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
);

export type ChartPlan = ChartConfiguration<'bar' | 'line', (number | null)[], string>;

/** Draws a chart at once, so large in points. https://www.chartjs.org/docs/latest/configuration/ */
export function drawChart(
  { width, height }: { readonly width: number; readonly height: number },
  { options, ...plan }: ChartPlan,
): Canvas {
  const { canvas, dots } = newPlate(width, height);
  const still: ChartPlan['options'] = {
    ...options,
    responsive: false,
    animation: false,
    events: [],
    devicePixelRatio: dots,
  };
  new Chart(canvas, { ...plan, options: still });
  return canvas;
}
