import { ArrowLeftOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

interface Props {
  title: string;
  hint?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; label: string };
  wide?: boolean;
  children: ReactNode;
}

/** The frame of every page: title, one line of purpose, actions with one primary button. */
export function Page({ title, hint, actions, back, wide, children }: Props) {
  const { t } = useTranslation();
  return (
    <div className={wide ? 'page page-wide' : 'page'}>
      <title>{`${title} · ${t('app.name')}`}</title>
      {back && <Link className="page-back" to={back.to}><ArrowLeftOutlined aria-hidden /> {back.label}</Link>}
      <div className="page-head">
        <div className="page-heading">
          <h1>{title}</h1>
          {hint && <p className="page-hint">{hint}</p>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
