using System.Text.Unicode;
using CsvHelper;

namespace Bot.Imports;

/// <summary>
/// A CSV file of answers: RFC 4180, in UTF-8 with or without a byte order mark (a marked UTF-16 file is read too). The separator is what
/// its first lines use: comma, semicolon, tab or bar.
/// </summary>
public sealed class AnswerFile : IAsyncDisposable
{
    public const int MaxBytes = 50 * 1024 * 1024;

    /// <summary>Written in one transaction, for which everybody else who writes to SQLite waits: about 8 s of the 30 s they are ready to.</summary>
    public const int MaxRows = 100_000;

    /// <summary>A record longer than this is a quote that was opened and never closed.</summary>
    private const int MaxRecordBytes = 1024 * 1024;

    private readonly CsvReader _csv;
    private readonly List<BadRow> _bad = [];

    /// <param name="file">Read from where it stands, and left open.</param>
    public AnswerFile(Stream file) => _csv = CsvReader.Create(file, new CsvReaderOptions
    {
        TrackLineNumbers = true,
        MaxRecordSize = MaxRecordBytes,
        MalformedData = CsvMalformedDataHandling.Skip,
        FieldCountMismatch = CsvFieldCountHandling.Skip,
        OnMalformedRecord = record => _bad.Add(new BadRow(record.LineNumber, Reason(record.Reason))),
    }, leaveOpen: true);

    /// <summary>Empty until <see cref="OpenAsync"/>, and for an empty file.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Rows that are no CSV; complete when all rows were read.</summary>
    public IReadOnlyList<BadRow> Bad => _bad;

    public long Line => _csv.LineNumber;

    public async Task OpenAsync(CancellationToken ct)
    {
        try
        {
            await _csv.ReadHeaderAsync(ct);
            Columns = _csv.Headers;
        }
        catch (CsvFormatException broken)
        {
            _bad.Add(new BadRow(Math.Max(1, broken.LineNumber), NeverClosed));
        }
    }

    /// <summary>False at the end, and where a quote that never closes makes the rest unreadable.</summary>
    public async Task<bool> NextAsync(CancellationToken ct)
    {
        try
        {
            while (Columns.Count > 0 && await _csv.ReadAsync(ct))
            {
                if (Utf8.IsValid(_csv.RawRecord))
                {
                    return true;
                }

                _bad.Add(new BadRow(_csv.LineNumber, "this line is not UTF-8; save the file as \"CSV UTF-8\""));
            }
        }
        catch (CsvFormatException broken)
        {
            _bad.Add(new BadRow(Math.Max(1, broken.LineNumber), NeverClosed));
        }

        return false;
    }

    public string Cell(int column) => _csv.GetString(column);

    public ValueTask DisposeAsync() => _csv.DisposeAsync();

    private const string NeverClosed = "a quotation mark opens a value here and never closes it";

    private static string Reason(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.UnterminatedQuote => NeverClosed,
        CsvMalformedReason.FieldCountMismatch => "this line has more or fewer values than there are columns",
        _ => "a quotation mark inside a value is not doubled, or the value is not in quotation marks",
    };
}

/// <summary>What a file looks like, before anybody says what its columns mean.</summary>
/// <param name="Rows">The first few, cell by cell.</param>
public sealed record FilePreview(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const int Most = 5;

    public static async Task<FilePreview> ReadAsync(Stream file, CancellationToken ct)
    {
        await using var answers = new AnswerFile(file);
        await answers.OpenAsync(ct);
        var rows = new List<IReadOnlyList<string>>();
        while (rows.Count < Most && await answers.NextAsync(ct))
        {
            rows.Add([.. answers.Columns.Select((_, column) => answers.Cell(column))]);
        }

        return new FilePreview(answers.Columns, rows);
    }
}
