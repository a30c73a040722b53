import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCan } from '../../app/session';
import { Dimensions } from './Dimensions';
import { QuestionList } from './QuestionList';
import './questions.css';

const views = { questions: QuestionList, dimensions: Dimensions };
type View = keyof typeof views;

export interface PartProps {
  /** Leads to the other parts of the bank. */
  views: ReactNode;
}

/** The question bank: questions, and the dimensions they examine. */
export default function QuestionsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const [params, setParams] = useSearchParams();
  const view: View = can('plan.read') && params.get('view') === 'dimensions' ? 'dimensions' : 'questions';
  const Part = views[view];
  return (
    <Part views={can('plan.read') && (
      <div className="bank-views">
        <Segmented<View> value={view} onChange={(value) => setParams(value === 'questions' ? {} : { view: value })}
          options={(Object.keys(views) as View[]).map((value) => ({ value, label: t(`bank_view.${value}`) }))} />
      </div>
    )} />
  );
}
