import type { Items, QuestionRevisionView, QuestionView } from '@bole/api';
import { Button, Drawer, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { ErrorState, Loading } from '../../components/States';
import { useDimensions } from '../../lib/dimensions';
import { useFamilies } from '../../lib/families';
import { useFormat } from '../../lib/format';
import { useName, usePair } from '../../lib/pair';
import '../../components/versions.css';
import { QuestionEditor } from './QuestionEditor';
import { changedFields, type ComparedField } from './versions';

/** The versions of a question: what changed since, look at one, bring one back. */
export function QuestionVersions({ question, onClose, onRestored }: { question: QuestionView; onClose: () => void; onRestored: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useGet<Items<QuestionRevisionView>>(`/questions/${question.id}/revisions`);
  const [chosen, setChosen] = useState<number | null>(null);
  return (
    <Drawer open title={`${t('versions.title')} · ${question.code}`} size={Math.min(720, window.innerWidth)} onClose={onClose} destroyOnHidden>
      {list.isPending ? <Loading rows={4} /> : list.isError ? <ErrorState problem={list.error} onRetry={() => void list.refetch()} /> : (
        <ol className="versions">
          {list.data.items.map((item) => (
            <li key={item.revision}>
              <button type="button" className="version-head" aria-expanded={chosen === item.revision} onClick={() => setChosen(chosen === item.revision ? null : item.revision)}>
                <span className="cell-main">{t('questions.revision', { revision: item.revision })}{item.revision === question.revision && ` · ${t('versions.current')}`}</span>
                <span className="cell-sub">{format.dateTime(item.created_at)} · {item.shipped ? t('questions.shipped') : item.author_name || t('versions.author_unknown')}</span>
              </button>
              {chosen === item.revision && item.revision !== question.revision && <Former now={question} revision={item.revision} onRestored={onRestored} />}
            </li>
          ))}
        </ol>
      )}
    </Drawer>
  );
}

function Former({ now, revision, onRestored }: { now: QuestionView; revision: number; onRestored: () => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const former = useGet<QuestionView>(`/questions/${now.id}`, { revision }, { staleTime: Infinity });
  const [open, setOpen] = useState(false);
  const restore = useSend(
    () => api.post<QuestionView>(`/questions/${now.id}/revisions/${revision}/restore`, { version: now.version }),
    { refresh: ['/questions'], done: t('versions.restored'), onDone: onRestored },
  );
  if (former.isPending) return <Loading rows={3} />;
  if (former.isError) return <ErrorState problem={former.error} onRetry={() => void former.refetch()} />;
  const fields = changedFields(former.data, now);
  return (
    <div className="version-body">
      {fields.length === 0 && <p className="quiet">{t('versions.same')}</p>}
      {fields.map((field) => (
        <div className="version-change" key={field}>
          <h3>{t(`question_field.${field}`)}</h3>
          <div className="version-sides">
            <div><span className="version-label">{t('versions.then')}</span><Side field={field} question={former.data} /></div>
            <div><span className="version-label">{t('versions.now')}</span><Side field={field} question={now} /></div>
          </div>
        </div>
      ))}
      <div className="row" style={{ marginTop: 10 }}>
        <Button size="small" onClick={() => setOpen(true)}>{t('versions.open')}</Button>
        {can('question.write') && (
          <Popconfirm title={t('versions.restore_question')} okText={t('versions.restore')} onConfirm={() => restore.mutate()}>
            <Button size="small" loading={restore.isPending}>{t('versions.restore')}</Button>
          </Popconfirm>
        )}
      </div>
      {open && <QuestionEditor question={former.data} former onClose={() => setOpen(false)} />}
    </div>
  );
}

function Side({ field, question }: { field: ComparedField; question: QuestionView }) {
  const { t } = useTranslation();
  const pair = usePair();
  const name = useName();
  const families = useFamilies();
  const dimensions = useDimensions();
  const lines: Record<ComparedField, () => string> = {
    text_zh: () => question.text_zh,
    text_en: () => question.text_en,
    asset_id: () => t(`asset_kind_of.${question.kind}`),
    family: () => families.name(question.family),
    jobs: () => question.jobs.map((job) => name(job)).join(t('common.list_comma')) || t('questions.jobs_all'),
    competency: () => pair(dimensions.find((item) => item.key === question.competency), 'name') || question.competency,
    difficulty: () => t('questions.difficulty_level', { level: question.difficulty }),
    suggested_seconds: () => `${question.suggested_seconds} ${t('unit.seconds')}`,
    points: () => question.rubric.points.map((point) => `${pair(point, 'text')} (${point.weight})`).join('\n'),
    anchors: () => question.rubric.anchors.map((anchor) => `${anchor.score}: ${pair(anchor, 'text')}`).join('\n'),
    model_answer: () => pair(question.rubric, 'model_answer'),
  };
  const text = lines[field]();
  return text ? <span className="pre">{text}</span> : <span className="quiet">{t('difference.empty')}</span>;
}
