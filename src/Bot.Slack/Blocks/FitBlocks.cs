using System.Text.Json.Nodes;
using Bot.Cards;

namespace Bot.Slack.Blocks;

/// <summary>Makes blocks of parts, neighbouring paragraphs in one block.</summary>
internal sealed class FitBlocks
{
    private const int LongestHeader = 150;
    private const int LongestSection = 3000;
    private const int MostInActions = 25;
    private const int MostRows = 100;
    private const int MostCells = 20;
    private const int MostCharts = 2;

    private readonly List<JsonObject> _blocks = [];
    private readonly List<Part.Words> _words = [];
    private readonly bool _inMessage;
    private int _charts;
    private bool _hasTable;

    private FitBlocks(bool inMessage) => _inMessage = inMessage;

    /// <summary>Tables and charts are shown in messages only; elsewhere they are words.</summary>
    public static List<JsonObject> Message(IReadOnlyList<Part> parts) => Fit(parts, inMessage: true);

    public static List<JsonObject> View(IReadOnlyList<Part> parts) => Fit(parts, inMessage: false);

    public static IEnumerable<JsonObject> Actions(IReadOnlyList<JsonObject> buttons) =>
        buttons.Chunk(MostInActions).Select(chunk => new JsonObject { ["type"] = "actions", ["elements"] = new JsonArray([.. chunk]) });

    private static List<JsonObject> Fit(IReadOnlyList<Part> parts, bool inMessage)
    {
        var fit = new FitBlocks(inMessage);
        foreach (var part in parts)
        {
            fit.Add(part);
        }

        fit.EndWords();
        return fit._blocks;
    }

    private void Add(Part part)
    {
        switch (part)
        {
            case Part.Words said:
                Say(said);
                break;
            case Part.Heading heading when string.IsNullOrWhiteSpace(heading.Text):
                break;
            case Part.Heading heading when heading.Text.Length <= LongestHeader:
                Block(new JsonObject { ["type"] = "header", ["text"] = PlainText.Object(heading.Text, LongestHeader) });
                break;
            case Part.Heading heading:
                EndWords();
                Say(Bold(heading.Text));
                break;
            case Part.Line:
                Block(new JsonObject { ["type"] = "divider" });
                break;
            case Part.Beside beside when Section(beside) is { } section:
                Block(section);
                break;
            case Part.Beside beside:
                beside.Said.ToList().ForEach(Say);
                Block([.. Actions([beside.Button])]);
                break;
            case Part.Buttons buttons:
                Block([.. Actions(buttons.All)]);
                break;
            case Part.Grid grid when _inMessage && !_hasTable && Table(grid) is { } table:
                // One table in a message: a second one is written out.
                _hasTable = true;
                Block(table);
                break;
            case Part.Grid grid:
                EndWords();
                grid.Rows.Select((row, i) => i == 0 ? Bold(PlainText.Row(row)) : new Part.Words([new Inline.Text(PlainText.Row(row))], false)).ToList().ForEach(Say);
                break;
            case Part.Chart { Block: { } chart } when _inMessage && _charts < MostCharts:
                _charts++;
                Block(chart);
                break;
            case Part.Field field:
                Block(field.Block);
                break;
        }
    }

    private void Say(Part.Words said)
    {
        if (_words.Count > 0 && _words[^1].IsSubtle != said.IsSubtle)
        {
            EndWords();
        }

        _words.Add(said);
    }

    private void Block(params IEnumerable<JsonObject> blocks)
    {
        EndWords();
        _blocks.AddRange(blocks);
    }

    private void EndWords()
    {
        _blocks.AddRange(Paragraphs.Render(_words));
        _words.Clear();
    }

    private static Part.Words Bold(string text) => new([new Inline.Bold([new Inline.Text(text)])], false);

    /// <summary>Null where a section would lose something: it is short, and plain text has no links.</summary>
    private static JsonObject? Section(Part.Beside beside)
    {
        var text = string.Join('\n', beside.Said.Select(words => words.Plain));
        return text.Length > LongestSection || beside.Said.Any(words => words.HasLink) ? null
            : new JsonObject { ["type"] = "section", ["text"] = PlainText.Object(text, LongestSection), ["accessory"] = beside.Button };
    }

    /// <summary>Null where it is larger than Slack takes, or would not fit beside what is said above it.</summary>
    private JsonObject? Table(Part.Grid grid)
    {
        var words = grid.Rows.Sum(row => row.Sum(cell => PlainText.Cell(cell).Length + 1));
        var above = _blocks.Sum(CutBlocks.Length) + _words.Sum(said => said.Plain.Length);
        if (grid.Rows.Count is 0 or > MostRows
            || !grid.Rows.All(row => row.Count is > 0 and <= MostCells && row.Count == grid.Rows[0].Count)
            || above + words > CutBlocks.MostInMessage.Words)
        {
            return null;
        }

        return new JsonObject
        {
            ["type"] = "table",
            ["rows"] = new JsonArray([.. grid.Rows.Select(row => new JsonArray([.. row.Select(Paragraphs.Cell)]))]),
            // Without it a long cell is cut at the edge of a phone.
            ["column_settings"] = new JsonArray([.. grid.Rows[0].Select(_ => new JsonObject { ["is_wrapped"] = true })]),
        };
    }
}
