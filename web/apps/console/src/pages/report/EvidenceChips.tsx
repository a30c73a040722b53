import { CaretRightOutlined, LineChartOutlined } from '@ant-design/icons';
import type { Evidence } from '@bole/api';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { clock, useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { useFeatureName } from '../../lib/server-text';
import { usePlayer } from './player-context';

/** What a statement rests on. A chip with a place in the recording plays it. */
export function EvidenceChips({ evidence, most = Infinity }: { evidence: Evidence[]; most?: number }) {
  if (evidence.length === 0) return null;
  return <span className="evidence">{evidence.slice(0, most).map((item, index) => <Chip key={index} item={item} />)}</span>;
}

/** Features whose value is a share, 0–1. */
const shares = new Set(['confidence', 'rubric_coverage', 'reference_match', 'time_used', 'pause_ratio', 'smile']);

function valueText(item: Evidence, format: ReturnType<typeof useFormat>): string {
  if (item.value === undefined) return '';
  return shares.has(item.feature ?? '') ? format.percent(item.value) : format.one(item.value);
}

function Chip({ item }: { item: Evidence }) {
  const { t } = useTranslation();
  const featureName = useFeatureName();
  const pair = usePair();
  const format = useFormat();
  const { seek } = usePlayer();
  const note = pair(item, 'note');
  const text = item.quote ? t('report.quote', { text: item.quote })
    : /\d/.test(note) ? note : [note || featureName(item.feature ?? ''), valueText(item, format)].filter(Boolean).join(' ');
  const playable = Boolean(item.answer_id) && item.end > item.start;
  if (!playable) return <span className="evidence-chip still"><LineChartOutlined aria-hidden /> <span className="evidence-text">{text}</span></span>;
  return (
    <Tooltip title={[item.quote, note].filter(Boolean).join(' — ')}>
      <button type="button" className="evidence-chip" onClick={() => seek({ answerId: item.answer_id, start: Math.max(0, item.start - 0.3), end: item.end + 0.3 })}>
        <CaretRightOutlined aria-hidden /> <span className="num">{clock(item.start)}</span> <span className="evidence-text">{text}</span>
      </button>
    </Tooltip>
  );
}
