using Bot.Chat;

namespace Bot.Imports;

/// <summary>Reads the rows of a file as answers; what cannot be read is told with its line.</summary>
public sealed record ReadRows(IReadOnlyList<AnswerRow> Rows, List<BadRow> Bad)
{
    /// <summary>Either rows, or the outcome that says why there are none.</summary>
    public static async Task<(ReadRows? Read, ImportOutcome? Ended)> FromAsync(Stream file, ImportColumns columns, PeopleByName people, CancellationToken ct)
    {
        await using var answers = new AnswerFile(file);
        await answers.OpenAsync(ct);
        if (answers.Columns.Count == 0)
        {
            return (null, answers.Bad.Count > 0 ? new ImportOutcome.BadRows(answers.Bad) : new ImportOutcome.Empty());
        }

        if (FindFault(answers.Columns, columns) is { } fault)
        {
            return (null, fault);
        }

        var cells = new Cells(answers, columns);
        var rows = new List<AnswerRow>();
        var bad = new List<BadRow>();
        while (await answers.NextAsync(ct))
        {
            if (cells.Read(people, out var reason) is { } row)
            {
                rows.Add(row);
            }
            else
            {
                bad.Add(new BadRow(answers.Line, reason));
            }

            if (rows.Count + bad.Count > AnswerFile.MaxRows)
            {
                return (null, new ImportOutcome.TooMany());
            }
        }

        bad.AddRange(answers.Bad);
        return rows.Count + bad.Count == 0 ? (null, new ImportOutcome.Empty()) : (new ReadRows(rows, bad), null);
    }

    private static ImportOutcome? FindFault(IReadOnlyList<string> there, ImportColumns wanted)
    {
        foreach (var name in new[] { wanted.Date, wanted.Performance, wanted.Text, wanted.Person }.OfType<string>())
        {
            switch (there.Count(c => Is(c, name)))
            {
                case 0:
                    return new ImportOutcome.UnknownColumn(name, there);
                case > 1:
                    return new ImportOutcome.ColumnTwice(name);
            }
        }

        return null;
    }

    private static bool Is(string column, string name) => column.Trim().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Where in each row the four values stand.</summary>
    private sealed class Cells(AnswerFile file, ImportColumns columns)
    {
        private readonly int _date = Place(file, columns.Date);
        private readonly int _performance = Place(file, columns.Performance);
        private readonly int _text = Place(file, columns.Text);
        private readonly int _person = Place(file, columns.Person);

        public AnswerRow? Read(PeopleByName people, out string reason)
        {
            if (AnswerRow.ReadDate(At(_date), out reason) is not { } date || AnswerRow.ReadRating(At(_performance), out reason) is not { } rating)
            {
                return null;
            }

            var text = At(_text);
            if (text.Length > AnswerRow.MaxText)
            {
                reason = $"the text has {text.Length} characters, at most {AnswerRow.MaxText} are taken";
                return null;
            }

            if (text.Contains('\0'))
            {
                reason = "the text contains a character that no database keeps (NUL)";
                return null;
            }

            return people.Find(At(_person), out var person, out reason) ? new AnswerRow(file.Line, date, rating, text.Length == 0 ? null : text, person) : null;
        }

        private string At(int column) => column < 0 ? "" : file.Cell(column).Trim();

        private static int Place(AnswerFile file, string? name) => name is null ? -1 : file.Columns.ToList().FindIndex(c => Is(c, name));
    }
}

/// <summary>The people of one workspace by name and by platform id, whatever the letters' case.</summary>
public sealed class PeopleByName
{
    /// <summary>Null where a name is that of several.</summary>
    private readonly Dictionary<string, PersonId?> _known = new(StringComparer.OrdinalIgnoreCase);

    public PeopleByName(IEnumerable<(PersonId Id, string Name, string ExternalId)> people)
    {
        foreach (var (id, name, externalId) in people)
        {
            Add(name.Trim(), id);
            Add(externalId, id);
        }
    }

    /// <summary>True without a person for an empty cell.</summary>
    public bool Find(string named, out PersonId? person, out string reason)
    {
        (person, reason) = (null, "");
        if (named.Length == 0)
        {
            return true;
        }

        if (!_known.TryGetValue(named, out person))
        {
            reason = $"there is nobody called {AnswerRow.Shown(named)} in the workspace";
        }
        else if (person is null)
        {
            reason = $"several people in the workspace are called {AnswerRow.Shown(named)}; give the platform's id instead";
        }

        return person is not null;
    }

    private void Add(string name, PersonId id) => _known[name] = _known.TryGetValue(name, out var other) && other != id ? null : id;
}
