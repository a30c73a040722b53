import { CaretRightOutlined, LineChartOutlined } from '@ant-design/icons';
import type { Evidence } from '@bole/api';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { clock, useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { usePlayer } from './player-context';

/** What a statement rests on. A chip with a place in the recording plays it. */
export function EvidenceChips({ evidence }: { evidence: Evidence[] }) {
  if (evidence.length === 0) return null;
  return <span className="evidence">{evidence.map((item, index) => <Chip key={index} item={item} />)}</span>;
}

function Chip({ item }: { item: Evidence }) {
  const { t } = useTranslation();
  const pair = usePair();
  const format = useFormat();
  const { seek } = usePlayer();
  const note = pair(item, 'note');
  const text = item.quote ? t('report.quote', { text: item.quote })
    : item.value !== null && item.value !== undefined ? `${note} ${note ? '' : item.feature ?? ''}${note.includes(format.one(item.value)) ? '' : format.one(item.value)}`.trim() : note;
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
