import {
  CategoryScale,
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type Plugin,
} from 'chart.js';

Chart.register(CategoryScale, Filler, LinearScale, LineController, LineElement, PointElement, Tooltip);

/** One round on the way; without figures it is a gap. */
export interface CoursePoint {
  /** What stands under the axis. */
  readonly label: string;
  readonly figure?: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
    /** The mean was kept from an end of the scale: its dot is open. */
    readonly guarded: boolean;
    /** The mean in words. */
    readonly mean: string;
    /** Mean, interval and how many answered, in words. */
    readonly said: string;
  };
}

/** Colours and type, as the browser computed them: a canvas knows no custom properties. */
export interface CourseLook {
  readonly data: string;
  readonly band: string;
  readonly line: string;
  readonly quiet: string;
  readonly text: string;
  readonly surface: string;
  readonly font: string;
}

/** Up to this many rounds every dot bears its figure; beyond, only the last one. */
const LABELLED = 8;

/**
 * Draws the course of one construct: the means as a line, their intervals as a band around it.
 * @param points the oldest first
 * @param highest the highest point of the scale, which starts at 1
 * @returns what takes the chart off the canvas
 */
export function drawCourse(
  canvas: HTMLCanvasElement,
  points: readonly CoursePoint[],
  highest: number,
  look: CourseLook,
): () => void {
  const font = { family: look.font, size: 12 };
  const edge = { pointRadius: 0, pointHitRadius: 0, borderWidth: 0 };
  const ends = (side: 'low' | 'high') => points.map(({ figure }) => figure?.[side] ?? null);
  const chart = new Chart(canvas, {
    type: 'line',
    data: {
      labels: points.map(({ label }) => label),
      datasets: [
        {
          data: points.map(({ figure }) => figure?.value ?? null),
          borderColor: look.data,
          borderWidth: 2,
          pointRadius: 5,
          pointHoverRadius: 6,
          pointBorderWidth: 2,
          pointBorderColor: look.data,
          pointBackgroundColor: points.map(({ figure }) => (figure?.guarded ? look.surface : look.data)),
          pointHoverBackgroundColor: look.data,
          pointHoverBorderColor: look.data,
        },
        { ...edge, data: ends('low') },
        { ...edge, data: ends('high'), fill: '-1', backgroundColor: look.band },
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      layout: { padding: { top: 8, right: 16 } },
      scales: {
        x: {
          offset: points.length < 4,
          border: { display: false },
          grid: { display: false },
          ticks: { color: look.quiet, font, maxRotation: 0, autoSkipPadding: 12 },
        },
        y: {
          min: 1,
          max: highest,
          border: { display: false },
          grid: { color: look.line, tickLength: 0 },
          ticks: { color: look.quiet, font, stepSize: 1, padding: 8, maxTicksLimit: highest },
        },
      },
      plugins: {
        tooltip: {
          filter: ({ datasetIndex }) => datasetIndex === 0,
          displayColors: false,
          backgroundColor: look.text,
          titleFont: font,
          bodyFont: font,
          titleColor: look.surface,
          bodyColor: look.surface,
          callbacks: { label: ({ dataIndex }) => points[dataIndex]?.figure?.said ?? '' },
        },
      },
    },
    plugins: [direct(points, look)],
  });
  return () => {
    chart.destroy();
  };
}

/** Writes the means beside their dots, and draws the interval of each round as a thin line. */
function direct(points: readonly CoursePoint[], look: CourseLook): Plugin<'line'> {
  const drawn = points.flatMap(({ figure }, index) => (figure ? [{ ...figure, index }] : []));
  const labelled = drawn.slice(points.length <= LABELLED ? 0 : -1);
  return {
    id: 'direct',
    beforeDatasetsDraw({ ctx, scales: { x, y } }) {
      if (!x || !y) return;
      ctx.save();
      ctx.strokeStyle = look.data;
      ctx.globalAlpha = 0.5;
      for (const { index, low, high } of drawn) {
        ctx.beginPath();
        ctx.moveTo(x.getPixelForValue(index), y.getPixelForValue(low));
        ctx.lineTo(x.getPixelForValue(index), y.getPixelForValue(high));
        ctx.stroke();
      }
      ctx.restore();
    },
    afterDatasetsDraw({ ctx, chartArea, scales: { x, y } }) {
      if (!x || !y) return;
      ctx.save();
      ctx.font = `600 12px ${look.font}`;
      ctx.textAlign = 'center';
      ctx.lineJoin = 'round';
      ctx.lineWidth = 4;
      ctx.strokeStyle = look.surface;
      ctx.fillStyle = look.text;
      for (const { index, value, low, high, mean } of labelled) {
        // Clear of dot and interval: above them, or under them where the scale ends.
        const above = Math.min(y.getPixelForValue(high), y.getPixelForValue(value) - 6) - 6;
        const under = Math.max(y.getPixelForValue(low), y.getPixelForValue(value) + 6) + 15;
        const at = [x.getPixelForValue(index), above < chartArea.top + 4 ? under : above] as const;
        ctx.strokeText(mean, ...at);
        ctx.fillText(mean, ...at);
      }
      ctx.restore();
    },
  };
}
