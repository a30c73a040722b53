import { PlusOutlined } from '@ant-design/icons';
import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core';
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable';
import type { PlanDocument, PlanStage, QuestionView } from '@bole/api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDimensions } from '../../lib/dimensions';
import { moved, newStage, withQuestion } from './draft';
import type { Locks } from './locks';
import { ProblemLine } from './problems';
import { QuestionPick } from './QuestionPick';
import { StageCard } from './StageCard';

interface Props {
  orgId: string;
  jobId: string | null;
  document: PlanDocument;
  change: (part: Partial<PlanDocument> | ((now: PlanDocument) => Partial<PlanDocument>)) => void;
  readOnly: boolean;
  locks: Locks;
  onBusy: (busy: boolean) => void;
}

export function Stages({ orgId, jobId, document, change, readOnly, locks, onBusy }: Props) {
  const { t } = useTranslation();
  const known = useDimensions();
  const [open, setOpen] = useState<string | null>(null);
  // The key of the stage that gets a question, or '' for a new one.
  const [picking, setPicking] = useState<string | null>(null);
  const { stages } = document;
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }));
  const set = (next: PlanStage[]) => change({ stages: next });
  // Of the document as it is by then: an upload ends later than it began, maybe in a stage that was closed meanwhile.
  const replace = (key: string, part: Partial<PlanStage>) =>
    change((now) => ({ stages: now.stages.map((stage) => (stage.key === key ? { ...stage, ...part } : stage)) }));

  const add = (stage: PlanStage) => {
    set([...stages, stage]);
    setOpen(stage.key);
  };
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    set(moved(stages, stages.findIndex((stage) => stage.key === active.id), stages.findIndex((stage) => stage.key === over.id)));
  };
  const pick = (question: QuestionView) => {
    const dimension = known.find((item) => item.key === question.competency);
    const title = { zh: dimension?.name_zh ?? '', en: dimension?.name_en ?? '' };
    const target = stages.find((stage) => stage.key === picking);
    if (target) replace(target.key, withQuestion(target, question, document, title));
    else add(withQuestion(newStage('question', document), question, document, title));
    setPicking(null);
  };
  const introduction = () => add({
    ...newStage('introduction', document),
    title_zh: t('plans.introduction_title', { lng: 'zh-CN' }), title_en: t('plans.introduction_title', { lng: 'en-US' }),
    question_zh: t('plans.introduction_text', { lng: 'zh-CN' }), question_en: t('plans.introduction_text', { lng: 'en-US' }),
    dimensions: document.dimensions.some((item) => item.key === 'communication') ? ['communication'] : [],
  });
  const minutes = Math.ceil(stages.reduce((sum, stage) => sum + stage.preparation_seconds + stage.time_limit_seconds, 0) / 60);
  return (
    <section className="panel" aria-labelledby="stages">
      <div className="panel-head">
        <h2 id="stages">{t('plans.stages')} {stages.length > 0 && <span className="quiet" style={{ fontWeight: 400 }}>· {t('plans.stages_minutes', { stages: stages.length, minutes })}</span>}</h2>
      </div>
      <div className="panel-body">
        {stages.length === 0 && <p className="quiet" style={{ marginBottom: 10 }}>{t('plans.stages_hint')}</p>}
        <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd}
          accessibility={{ screenReaderInstructions: { draggable: t('plans.drag_help') } }}>
          <SortableContext items={stages.map((stage) => stage.key)} strategy={verticalListSortingStrategy}>
            <ol className="stage-list">
              {stages.map((stage, index) => (
                <StageCard key={stage.key} orgId={orgId} stage={stage} index={index} count={stages.length} document={document} readOnly={readOnly} open={open === stage.key} locks={locks}
                  onToggle={() => setOpen(open === stage.key ? null : stage.key)} onBusy={onBusy} onChange={(part) => replace(stage.key, part)} onPick={() => setPicking(stage.key)}
                  onMove={(to) => set(moved(stages, index, to))} onRemove={() => set(stages.filter((item) => item.key !== stage.key))} />
              ))}
            </ol>
          </SortableContext>
        </DndContext>
        <ProblemLine at="/stages" />
        {!readOnly && (
          <div className="row" style={{ marginTop: 8 }}>
            <Button icon={<PlusOutlined />} disabled={!locks.canAddStage} onClick={() => setPicking('')}>{t('plans.add_from_bank')}</Button>
            <Button type="text" disabled={!locks.canAddStage} onClick={() => add(newStage('question', document))}>{t('plans.add_own')}</Button>
            {locks.canAddStage && !stages.some((stage) => stage.kind === 'introduction') && <Button type="text" onClick={introduction}>{t('plans.add_introduction')}</Button>}
            {locks.derived && <span className="quiet">{t('plans.local_left', { count: Math.max(0, locks.localStages) })}</span>}
          </div>
        )}
      </div>
      {picking !== null && <QuestionPick jobId={jobId} used={stages.map((stage) => stage.question_id ?? '')} onPick={pick} onClose={() => setPicking(null)} />}
    </section>
  );
}
