import { useRouteError } from 'react-router';
import { ErrorState } from './States';

/** The last resort of a page. A page file that is gone after an update is fetched by loading anew. */
export function RouteError() {
  return <ErrorState problem={useRouteError()} onRetry={() => window.location.reload()} />;
}
