<?php
// Zips the folder $FOLDER into $OUT with ZipArchive, as spatie/laravel-backup does it.
$folder = getenv('FOLDER');
$archive = new ZipArchive();
$archive->open(getenv('OUT'), ZipArchive::CREATE);
$files = new RecursiveIteratorIterator(new RecursiveDirectoryIterator($folder, FilesystemIterator::SKIP_DOTS));
foreach ($files as $path => $file) $archive->addFile($path, substr($path, strlen($folder) + 1));
$archive->close();
