import type { Page, QuestionView } from '@bole/api';
import { Button, Modal, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetKeeping } from '../../api/hooks';
import { QuestionKind } from '../../components/AssetMedia';
import { FamilySelect } from '../../components/FamilySelect';
import { SearchBox } from '../../components/Filters';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { useDimensions } from '../../lib/dimensions';
import { useFamilies } from '../../lib/families';
import { clock } from '../../lib/format';
import { usePair } from '../../lib/pair';

interface Props {
  /** Of the plan: its questions come first. */
  jobId: string | null;
  used: string[];
  onPick: (question: QuestionView) => void;
  onClose: () => void;
}

const fits = ['named', 'family', 'general'] as const;

/** Chooses one question of the bank: for a plan of a job those that name it, then those of its family, then general ones. */
export function QuestionPick({ jobId, used, onPick, onClose }: Props) {
  const { t } = useTranslation();
  const pair = usePair();
  const dimensions = useDimensions();
  const [all, setAll] = useState(!jobId);
  const [q, setQ] = useState('');
  const [family, setFamily] = useState<string>();
  const [competency, setCompetency] = useState<string>();
  const query = { q, competency, status: 'active', limit: 100 };
  return (
    <Modal open title={t('plans.pick_title')} width={760} footer={null} onCancel={onClose}>
      {jobId && (
        <Segmented style={{ marginBottom: 10 }} aria-label={t('plans.pick_title')} value={all ? 'all' : 'job'} onChange={(value) => setAll(value === 'all')}
          options={[{ value: 'job', label: t('plans.pick_for_job') }, { value: 'all', label: t('plans.pick_all') }]} />
      )}
      <div className="filters">
        <SearchBox value={q} onChange={setQ} placeholder={t('questions.search')} />
        {all && <FamilySelect filter value={family} onChange={setFamily} />}
        <Select className="filter-select" allowClear placeholder={t('questions.competency')} aria-label={t('questions.competency')} value={competency} onChange={setCompetency}
          options={dimensions.map((item) => ({ value: item.key, label: pair(item, 'name') }))} />
      </div>
      <div className="pick-list">
        {all || !jobId ? <Found query={{ ...query, family }} used={used} onPick={onPick} />
          : fits.map((fit) => (
            <section key={fit} aria-label={t(`plans.pick_fit.${fit}`)}>
              <h3 className="pick-fit">{t(`plans.pick_fit.${fit}`)}</h3>
              <Found query={{ ...query, job_id: jobId, fit }} used={used} onPick={onPick} few />
            </section>
          ))}
      </div>
    </Modal>
  );
}

function Found({ query, used, onPick, few }: { query: Record<string, string | number | undefined>; used: string[]; onPick: (question: QuestionView) => void; few?: boolean }) {
  const { t } = useTranslation();
  const pair = usePair();
  const dimensions = useDimensions();
  const families = useFamilies();
  const questions = useGetKeeping<Page<QuestionView>>('/questions', query);
  const name = (key: string) => pair(dimensions.find((item) => item.key === key), 'name') || key;
  if (questions.isPending) return <Loading rows={few ? 2 : undefined} />;
  if (questions.isError) return <ErrorState problem={questions.error} onRetry={() => void questions.refetch()} />;
  if (questions.data.items.length === 0) return few ? <p className="quiet">{t('plans.pick_none')}</p> : <EmptyState title={t('list.nothing_found')} text={t('list.nothing_found_hint')} />;
  return (
    <>
      {questions.data.items.map((question) => (
        <div className="pick-item" key={question.id}>
          <span>
            <span><QuestionKind question={question} />{pair(question, 'text')}</span>
            <span className="cell-sub">{question.code} · {families.name(question.family)} · {name(question.competency)} · {t('questions.difficulty_level', { level: question.difficulty })} · {clock(question.suggested_seconds)} · {t('plans.pick_points', { count: question.rubric.points.length })}</span>
          </span>
          <Button size="small" disabled={used.includes(question.id)} onClick={() => onPick(question)}>{used.includes(question.id) ? t('plans.picked') : t('plans.pick')}</Button>
        </div>
      ))}
      {questions.data.next_cursor && <p className="quiet">{t('plans.pick_more', { count: questions.data.items.length })}</p>}
    </>
  );
}
