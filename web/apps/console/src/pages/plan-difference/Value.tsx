import type { PlanView } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { assetUrl } from '../../api/assets';
import { AssetMedia } from '../../components/AssetMedia';
import { useDimensions } from '../../lib/dimensions';
import { usePair } from '../../lib/pair';

interface Rules {
  core: boolean;
  min?: number | null;
  max?: number | null;
}

/** One side of a difference in words: texts as they are, times with their unit, weights by dimension. */
export function Value({ field, value, plan }: { field: string; value: unknown; plan?: PlanView }) {
  const { t } = useTranslation();
  const pair = usePair();
  const known = useDimensions();
  const dimension = (key: string) => pair([...(plan?.document.dimensions ?? []), ...known].find((item) => item.key === key), 'name') || key;
  const stage = (key: string) => pair(plan?.document.stages.find((item) => item.key === key), 'title') || key;
  if (value === null || value === undefined) return <span className="quiet">{t('difference.absent')}</span>;
  if (typeof value === 'boolean') return <>{value ? t('difference.yes') : t('difference.no')}</>;
  if (typeof value === 'number') return <span className="num">{value}{field.endsWith('_seconds') ? ` ${t('unit.seconds')}` : ''}</span>;
  if (field === 'prompt_asset_id' && value) return <AssetMedia url={assetUrl(String(value))} label={t('plans.prompt_media')} />;
  if (typeof value === 'string') return value ? <span className="pre">{value}</span> : <span className="quiet">{t('difference.empty')}</span>;
  if (Array.isArray(value)) return <>{value.map((key) => (field === 'stage_order' ? stage(String(key)) : dimension(String(key)))).join(field === 'stage_order' ? ' → ' : ' · ') || '–'}</>;
  const record = value as Record<string, unknown>;
  if (field === 'question') return <>{t('difference.bank_revision', { revision: Number(record.question_revision ?? 1) })}</>;
  if (field === 'dimensions') return <Lines items={Object.entries(record).map(([key, weight]) => [dimension(key), `${String(weight)}%`])} />;
  if (field === 'dimension_rules') {
    return <Lines items={Object.entries(record).map(([key, rules]) => {
      const { core, min, max } = rules as Rules;
      return [dimension(key), [core ? t('plans.core') : '', min != null || max != null ? `${min ?? 0}–${max ?? 100}%` : ''].filter(Boolean).join(' · ') || '–'];
    })} />;
  }
  return (
    <>
      <span className="pre">{pair(record, 'question') || pair(record, 'title')}</span>
      <span className="cell-sub">{t('difference.stage_facts', { seconds: Number(record.time_limit_seconds ?? 0), weight: Number(record.weight ?? 0) })}</span>
    </>
  );
}

function Lines({ items }: { items: [string, string][] }) {
  return <dl className="difference-lines">{items.map(([name, value]) => <div key={name}><dt>{name}</dt><dd className="num">{value}</dd></div>)}</dl>;
}
