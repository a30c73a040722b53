import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ApiProblem } from '@bole/api';
import { RouterProvider } from 'react-router';
import { router } from './routes';
import { ThemeProvider } from './theme';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
    },
  },
});

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <ThemeProvider>
        <RouterProvider router={router} />
      </ThemeProvider>
    </QueryClientProvider>
  );
}
