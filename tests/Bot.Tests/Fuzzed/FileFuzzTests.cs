using System.Text;
using System.Text.Json.Nodes;
using Bot.Cards;
using Bot.Evidence;
using Bot.Fuzzing;
using Bot.Imports;
using Bot.Tests.Cards;
using Bot.Tests.Evidence;
using Bot.Tests.Imports;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Tests.Fuzzed;

// Laws of what comes as a file or a report: monitors' reports, CSV files of past answers, texts put into cards. What is refused stores nothing; what is stored can be read and told.
public sealed class FileFuzzTests : IAsyncLifetime
{
    private static readonly IReadOnlyList<string> Reports = [.. Payloads.Names.Select(name => Encoding.UTF8.GetString(Payloads.Read(name)))];
    private static readonly Gen<string> Cell = Gen.Frequency((4, Gen.Elements("2026-11-03", "2026-11-05T10:00:00Z", "4", "5", "1", "saved me an hour", "Ana", "")), (2, Fuzz.Text));
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task Every_report_is_read_or_refused_and_what_was_read_can_be_stored_and_told()
    {
        var loop = await _product.SeedLoopAsync();
        var key = new VerifiedKey(new EvidenceKeyId(Guid.NewGuid()), loop.WorkspaceId, loop.InitiativeId);

        Prop.ForAll(Fuzz.Json(Reports).ToArbitrary(), report => IsTaken(Encoding.UTF8.GetBytes(report), key)).Check(Fuzz.Config(250));
        Prop.ForAll(Fuzz.Bytes(Reports).ToArbitrary(), report => IsTaken(report, key)).Check(Fuzz.Config(150));
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), report => IsTaken(report, key)).Check(Fuzz.Config(50));

        Assert.NotEmpty(await _product.UseAsync(db => db.Evidence.ToListAsync()));
        await _product.TypeAsync("ana", "evidence");
        await _product.TypeAsync("ana", "status");
    }

    [Fact]
    public async Task Every_file_is_imported_whole_or_not_at_all()
    {
        var loop = await _product.SeedLoopAsync();
        var rows = Gen.ListOf(Gen.ListOf(Cell));
        var file = from separator in Gen.Elements(",", ";", "\t", "|")
                   from end in Gen.Elements("\n", "\r\n", "\r")
                   from head in Gen.Frequency((5, Gen.Constant("date,rating,text")), (1, Cell))
                   from body in rows
                   from quoted in Gen.Elements("", "\"")
                   select head.Replace(",", separator, StringComparison.Ordinal) + end + string.Join(end, body.Select(row => string.Join(separator, row.Select(cell => quoted + cell + quoted))));

        Prop.ForAll(file.ToArbitrary(), ArbMap.Default.ArbFor<bool>(), (text, skip) => IsWhole(Encoding.UTF8.GetBytes(text), loop, skip)).Check(Fuzz.Config(150));
        Prop.ForAll(Fuzz.Bytes(["date,rating,text\n2026-11-03,4,\"two\nlines\"\n2026-11-05,5,\n", "\ufeffdate;rating\n2026-11-03;4\n"]).ToArbitrary(), bytes => IsWhole(bytes, loop, false)).Check(Fuzz.Config(100));
    }

    [Fact]
    public void Every_card_takes_any_text_in_any_of_its_places()
    {
        var cases = from sample in Gen.Elements(CardFiles.Samples.Keys.ToArray())
                    from place in Gen.Choose(0, 10_000)
                    from text in Fuzz.Text
                    select (sample, place, text);

        Prop.ForAll(cases.ToArbitrary(), it =>
        {
            var data = CardFiles.Sample(it.sample);
            var places = CardFiles.Objects(data).SelectMany(map => map.Where(m => m.Value is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String && !IsEnumOrTime(value)).Select(m => (map, m.Key)).ToList()).ToList();
            if (places.Count == 0)
            {
                return true;
            }

            var (map, key) = places[it.place % places.Count];
            map[key] = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(it.text));
            return JsonNode.Parse(CardFiles.Fill(CardFiles.TemplateOf(it.sample), data).Content.ToJsonString()) is JsonObject;
        }).Check(Fuzz.Config(300));
    }

    /// <summary>Not texts of people: the record holds another type.</summary>
    private static bool IsEnumOrTime(JsonValue value) => DateTimeOffset.TryParse(value.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture, out _) || value.GetValue<string>().All(char.IsLetter);

    private bool IsTaken(byte[] report, VerifiedKey key) => ParseEvidence.From(report, _product.Clock.Now) is not EvidenceReading.Read read
        || _product.AskAsync<TakeEvidence, EvidenceTaken>(take => take.TakeAsync(key, read.Items, CancellationToken.None)).GetAwaiter().GetResult() is not null;

    private bool IsWhole(byte[] file, Bot.Loops.Loop loop, bool skip)
    {
        var before = _product.UseAsync(db => db.Answers.CountAsync()).GetAwaiter().GetResult();
        _ = FilePreview.ReadAsync(new MemoryStream(file), CancellationToken.None).GetAwaiter().GetResult();
        var outcome = Importing.ImportAsync(_product, loop, file, leaveOutBadRows: skip).GetAwaiter().GetResult();
        return outcome is ImportOutcome.Imported || _product.UseAsync(db => db.Answers.CountAsync()).GetAwaiter().GetResult() == before;
    }
}
