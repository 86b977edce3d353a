/** Which tags say a field of the place where an image was taken; several may say one together. */
export const positionTags: Readonly<Record<string, readonly string[]>> = {
  latitude: ['/exif/GPSLatitude', '/exif/GPSLatitudeRef'],
  longitude: ['/exif/GPSLongitude', '/exif/GPSLongitudeRef'],
};

/** Tags that become lines of the remark, times as the camera wrote them: mostly local, their zone seldom said. */
export const imageLines: readonly { readonly place: string; readonly label: string }[] = [
  { place: '/exif/DateTimeOriginal', label: 'taken' },
  { place: '/exif/OffsetTimeOriginal', label: 'offset from UTC' },
  { place: '/exif/GPSDateStamp', label: 'satellite date (UTC)' },
  { place: '/exif/GPSTimeStamp', label: 'satellite time (UTC)' },
  { place: '/exif/GPSAltitude', label: 'altitude' },
  { place: '/exif/GPSImgDirection', label: 'direction' },
  { place: '/exif/ImageDescription', label: 'description' },
  { place: '/exif/Artist', label: 'artist' },
  { place: '/exif/Make', label: 'make' },
  { place: '/exif/Model', label: 'model' },
  { place: '/exif/BodySerialNumber', label: 'serial number' },
  { place: '/exif/Software', label: 'software' },
];
