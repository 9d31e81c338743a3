ALTER TABLE "People" ADD "ZoneChosenAt" timestamptz;
