import type { Page, QuestionView } from '@bole/api';
import { Button, Modal, Select } from 'antd';
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
  used: string[];
  onPick: (question: QuestionView) => void;
  onClose: () => void;
}

/** Chooses one question of the bank. */
export function QuestionPick({ used, onPick, onClose }: Props) {
  const { t } = useTranslation();
  const pair = usePair();
  const dimensions = useDimensions();
  const families = useFamilies();
  const [q, setQ] = useState('');
  const [family, setFamily] = useState<string>();
  const [competency, setCompetency] = useState<string>();
  const questions = useGetKeeping<Page<QuestionView>>('/questions', { q, family, competency, status: 'active', limit: 100 });
  const name = (key: string) => pair(dimensions.find((item) => item.key === key), 'name') || key;
  return (
    <Modal open title={t('plans.pick_title')} width={760} footer={null} onCancel={onClose}>
      <div className="filters">
        <SearchBox value={q} onChange={setQ} placeholder={t('questions.search')} />
        <FamilySelect filter value={family} onChange={setFamily} />
        <Select className="filter-select" allowClear placeholder={t('questions.competency')} aria-label={t('questions.competency')} value={competency} onChange={setCompetency}
          options={dimensions.map((item) => ({ value: item.key, label: pair(item, 'name') }))} />
      </div>
      <div className="pick-list">
        {questions.isPending ? <Loading /> : questions.isError ? <ErrorState problem={questions.error} onRetry={() => void questions.refetch()} />
          : questions.data.items.length === 0 ? <EmptyState title={t('list.nothing_found')} text={t('list.nothing_found_hint')} />
            : questions.data.items.map((question) => (
              <div className="pick-item" key={question.id}>
                <span>
                  <span><QuestionKind question={question} />{pair(question, 'text')}</span>
                  <span className="cell-sub">{question.code} · {families.name(question.family)} · {name(question.competency)} · {t('questions.difficulty_level', { level: question.difficulty })} · {clock(question.suggested_seconds)} · {t('plans.pick_points', { count: question.rubric.points.length })}</span>
                </span>
                <Button size="small" disabled={used.includes(question.id)} onClick={() => onPick(question)}>{used.includes(question.id) ? t('plans.picked') : t('plans.pick')}</Button>
              </div>
            ))}
        {questions.data?.next_cursor && <p className="quiet">{t('plans.pick_more', { count: questions.data.items.length })}</p>}
      </div>
    </Modal>
  );
}
