import { InfoCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { Notice } from '@bole/api';
import { usePair } from '../../lib/pair';

/** Limits of the analysis, said plainly; warnings first. */
export function Notices({ notices }: { notices: Notice[] }) {
  const pair = usePair();
  if (notices.length === 0) return null;
  const sorted = [...notices].sort((a, b) => Number(b.severity === 'warning') - Number(a.severity === 'warning'));
  return (
    <ul className="notices">
      {sorted.map((notice, index) => (
        <li key={`${notice.code}-${index}`} className={notice.severity}>
          <span aria-hidden>{notice.severity === 'warning' ? <WarningOutlined /> : <InfoCircleOutlined />}</span> {pair(notice, 'text') || notice.code}
        </li>
      ))}
    </ul>
  );
}
