using Bot.CheckIns;
using CsvHelper;

namespace Bot.Exports;

/// <summary>CSV as a spreadsheet opens it: UTF-8 with a byte order mark, CRLF, and no text that it could take for a formula.</summary>
public static class SpreadsheetCsv
{
    private const char Harmless = '\'';

    /// <summary>OWASP, "CSV Injection": these begin a formula.</summary>
    private const string Dangerous = "=+-@\t\r\n";

    /// <summary>So do their full-width forms, in spreadsheets of languages whose input methods make them.</summary>
    private const string DangerousToo = "＝＋－＠";

    private static readonly CsvWriterOptions Options = new()
    {
        WriteByteOrderMark = true,
        Injection = CsvInjection.Escape,
        InjectionCharacters = Dangerous,
        InjectionEscape = Harmless,
    };

    private static readonly (string Name, Struggles Struggle)[] Struggles =
        [.. CheckInFields.Each((Struggles)~0).Where(s => s != CheckIns.Struggles.Nothing).Select(s => (SnakeCase(s.ToString()), s))];

    public static byte[] Weeks(IReadOnlyList<ExportedWeek> weeks) => Write(csv =>
    {
        Header(csv, [
            "week", "review_date", "state", "skipped_because", "imported", "asked", "answered", "rated", "mean", "lowest", "highest", "did_not_use",
            .. Struggles.Select(s => s.Name), "drift_yes", "drift_not_sure", "drift_no", "metric", "support_hours",
        ]);
        foreach (var week in weeks)
        {
            Row(csv, week);
        }
    });

    public static byte[] Texts(IReadOnlyList<ExportedText> texts) => Write(csv =>
    {
        Header(csv, ["week", "kind", "author", "text"]);
        foreach (var text in texts)
        {
            csv.WriteField(text.Week);
            csv.WriteField(SnakeCase(text.Kind.ToString()).Replace('_', ' '));
            csv.WriteField(Protected(text.Author));
            csv.WriteField(Protected(text.Text));
            csv.EndRecord();
        }
    });

    /// <summary>The library escapes a text whose first character is dangerous; full-width ones, and those behind a space, are ours to see.</summary>
    internal static string? Protected(string? text)
    {
        var shown = text?.TrimStart(' ', '\u00A0', '\u3000', '\uFEFF');
        return shown is [var first, ..] && (DangerousToo.Contains(first) || (Dangerous.Contains(first) && shown.Length < text!.Length)) ? Harmless + text : text;
    }

    private static void Row(CsvWriter csv, ExportedWeek week)
    {
        var it = week.Figures;
        csv.WriteField(week.Week);
        csv.WriteField(week.ReviewDate, "yyyy-MM-dd");
        csv.WriteField(week.State);
        csv.WriteField(Protected(week.SkippedBecause));
        csv.WriteField(week.Imported ? "yes" : "no");
        Counts(csv, [it?.Asked, it?.Answered, it?.Rated]);
        csv.WriteField(it?.Mean, "0.0000");
        Counts(csv, [it?.Lowest, it?.Highest, it?.Unused, .. Struggles.Select(s => week.People(s.Struggle)), it?.Drift?.Yes, it?.Drift?.NotSure, it?.Drift?.No]);
        csv.WriteField(it?.Metric);
        csv.WriteField(it?.SupportHours);
        csv.EndRecord();
    }

    internal static void Counts(CsvWriter csv, IEnumerable<int?> counts)
    {
        foreach (var count in counts)
        {
            csv.WriteField(count);
        }
    }

    internal static byte[] Write(Action<CsvWriter> rows)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Options, leaveOpen: true))
        {
            rows(csv);
        }

        return bytes.ToArray();
    }

    internal static void Header(CsvWriter csv, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            csv.WriteField(name);
        }

        csv.EndRecord();
    }

    internal static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
