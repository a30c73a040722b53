import { RadarChart } from 'echarts/charts';
import { init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { RadarComponent } from 'echarts/components';
import { useEffect, useRef } from 'react';
import { useThemeMode } from '../app/theme';
import { radarRadius, twoLines } from '../lib/radar';

register([RadarChart, RadarComponent, SVGRenderer]);

interface Props {
  axes: { name: string; value: number }[];
  label: string;
}

/** Scores 0–10 around a circle. Drawn as SVG, so that it prints sharply; colours come from the page. */
export function Radar({ axes, label }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { mode } = useThemeMode();
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const radius = () => radarRadius(element.clientWidth, element.clientHeight, axes.map((axis) => axis.name));
    const chart = init(element, undefined, { renderer: 'svg' });
    chart.setOption({
      animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      animationDuration: 400,
      radar: {
        indicator: axes.map((axis) => ({ name: twoLines(axis.name), min: 0, max: 10 })),
        radius: radius(), splitNumber: 5, shape: 'polygon',
        axisName: { color: colour('--text-2'), fontSize: 12, lineHeight: 15 }, axisNameGap: 8,
        splitLine: { lineStyle: { color: colour('--line') } },
        axisLine: { lineStyle: { color: colour('--line') } },
        splitArea: { show: false },
      },
      series: [{
        type: 'radar', symbolSize: 5, silent: true,
        data: [{ value: axes.map((axis) => axis.value) }],
        lineStyle: { color: colour('--series-1'), width: 2 }, itemStyle: { color: colour('--series-1') }, areaStyle: { color: colour('--series-1'), opacity: 0.16 },
      }],
    });
    const observer = new ResizeObserver(() => {
      chart.resize();
      chart.setOption({ radar: { radius: radius() } });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [axes, mode]);
  return <div ref={box} className="radar" role="img" aria-label={label} />;
}
