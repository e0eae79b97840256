import { buildGallery, serveGallery } from './gallery-site.js';

const PORT = Number(process.env['PORT'] ?? 4180);

await buildGallery();
try {
  const { address } = await serveGallery(PORT);
  process.stdout.write(`The gallery: ${address}\nCtrl+C stops it.\n`);
} catch (error) {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (!taken) throw error;
  process.stderr.write(`Port ${PORT} is taken. Choose another: PORT=${PORT + 1} npm run gallery\n`);
  process.exitCode = 1;
}
