import { PlusOutlined, StarOutlined } from '@ant-design/icons';
import type { CompetencyView, Items } from '@bole/api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { useCan } from '../../app/session';
import { TableButtons } from '../../components/imports/TableButtons';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { usePair } from '../../lib/pair';
import { Actions, type PartProps } from './Actions';
import { CompetencyEditor } from './CompetencyEditor';
import { Levels } from './Levels';

/** The group's competencies: five levels each, said in what can be seen at work. */
export function Competencies({ actions }: PartProps) {
  const { t } = useTranslation();
  const can = useCan();
  const pair = usePair();
  const list = useGet<Items<CompetencyView>>('/competencies');
  const [open, setOpen] = useState<CompetencyView | 'new' | null>(null);
  const [shown, setShown] = useState<string>();
  const add = can('job.write') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>{t('competencies.add')}</Button>;
  if (list.isPending) return <div className="panel"><Loading rows={8} /></div>;
  if (list.isError) return <div className="panel"><ErrorState problem={list.error} onRetry={() => void list.refetch()} /></div>;
  if (list.data.items.length === 0) {
    return (
      <div className="panel">
        <Actions at={actions}><TableButtons target="competencies" path="/competencies" permission="job.write" />{add}</Actions>
        <EmptyState icon={<StarOutlined />} title={t('competencies.empty')} text={t('competencies.empty_text')} action={add} />
      </div>
    );
  }
  const selected = list.data.items.find((item) => item.key === shown) ?? list.data.items[0]!;
  return (
    <>
      <Actions at={actions}><TableButtons target="competencies" path="/competencies" permission="job.write" />{add}</Actions>
      <div className="competency-grid">
        <ul className="panel cards" aria-label={t('jobs_view.competencies')}>
          {list.data.items.map((item) => (
            <li key={item.key}>
              <button type="button" className={`card-button${item.key === selected.key ? ' card-chosen' : ''}`} aria-pressed={item.key === selected.key} onClick={() => setShown(item.key)}>
                <span className="cell-main">{pair(item, 'name')}</span>
                <span className="cell-sub">{pair(item, 'description')}</span>
              </button>
            </li>
          ))}
        </ul>
        <section className="panel" aria-label={pair(selected, 'name')}>
          <div className="panel-head">
            <h2>{pair(selected, 'name')}{selected.state === 'archived' && <span className="quiet"> · {t('item_status.archived')}</span>}</h2>
            {can('job.write') && <Button onClick={() => setOpen(selected)}>{t('common.edit')}</Button>}
          </div>
          <div className="panel-body">
            <p className="quiet">{pair(selected, 'description')}</p>
            <Levels levels={selected.levels} />
          </div>
        </section>
      </div>
      {open && <CompetencyEditor competency={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
    </>
  );
}
