using System.Data.Common;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Exports;
using Bot.Imports;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Reviews;
using Bot.Store;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Tests.Exports;

/// <summary>What the three files say: figures as the digest says them, texts that reveal nobody, settings.</summary>
public sealed class WriteExportTests
{
    [Fact]
    public async Task Each_week_is_a_row_imported_held_or_left_out_and_the_coming_one_is_not_there()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        await product.SeedWeekAsync(loop, "2026-11-12", RoundState.Skipped, "=offsite");
        var week = await product.SeedWeekAsync(loop, "2026-11-19");
        await ImportAsync(product, loop, "date,rating\n2026-11-03,4\n2026-11-03,5\n2026-11-03,4\n2026-10-27,1\n2026-10-27,2\n");
        await product.SeedAsync(
            await AnswerAsync(product, week, "ana", 2, a => { a.Struggles = Struggles.WrongResults | Struggles.NoTrust; a.Drift = DriftSeen.Yes; a.MetricValue = -3.5; a.SupportHours = 2; }),
            await AnswerAsync(product, week, "ben", 3, a => { a.Struggles = Struggles.WrongResults; a.Drift = DriftSeen.No; }),
            await AnswerAsync(product, week, "chloe", null, a => a.Struggles = Struggles.Nothing),
            await AnswerAsync(product, week, "dev", 5),
            new Invitation { RoundId = week.Id, PersonId = await product.PersonAsync("ana"), Role = Role.Owner },
            new Invitation { RoundId = week.Id, PersonId = await product.PersonAsync("root"), Role = Role.User });

        var bytes = await ExportAsync(product, loop, ExportFile.Weeks);

        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        Assert.Equal(
            """
            week,review_date,state,skipped_because,imported,asked,answered,rated,mean,lowest,highest,did_not_use,wrong_results,no_trust,does_not_fit,need_training,slow_or_down,missing_data,worried_for_job,other,drift_yes,drift_not_sure,drift_no,metric,support_hours
            2026-W44,2026-10-29,closed,,yes,,2,2,,,,,,,,,,,,,,,,,
            2026-W45,2026-11-05,closed,,yes,,3,3,4.3333,4,5,0,0,0,0,0,0,0,0,0,,,,,
            2026-W46,2026-11-12,skipped,"'=offsite",no,,,,,,,,,,,,,,,,,,,,
            2026-W47,2026-11-19,closed,,no,2,4,3,3.3333,2,5,1,2,1,0,0,0,0,0,0,1,0,1,-3.5,2

            """.ReplaceLineEndings("\r\n"),
            Encoding.UTF8.GetString(bytes[3..]));
    }

    [Fact]
    public async Task An_answer_that_waits_to_be_counted_moves_no_figure_and_lends_no_text()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var week = await product.SeedWeekAsync(loop, "2026-11-19");
        await product.SeedAsync(await AnswerAsync(product, week, "ana", 2), await AnswerAsync(product, week, "ben", 3), await AnswerAsync(product, week, "chloe", 4));
        var before = await TextAsync(product, loop, ExportFile.Weeks);

        await product.SeedAsync(await AnswerAsync(product, week, "dev", 5, a => { a.Counted = false; a.Comment = "late"; a.StruggleText = "later"; }));

        Assert.Equal(before.Replace(",3,3,3.0000", ",4,3,3.0000"), await TextAsync(product, loop, ExportFile.Weeks));
        Assert.Empty(await TextsAsync(product, loop));
    }

    [Fact]
    public async Task Texts_without_a_name_are_there_only_where_the_digest_would_quote_them_and_no_struggle_has_an_author()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var week = await product.SeedWeekAsync(loop, "2026-11-19");
        await product.SeedAsync(
            await AnswerAsync(product, week, "ana", 2, a => { a.Comment = "slow on Mondays"; a.Struggles = Struggles.WrongResults; a.StruggleText = "z wrong"; a.Drift = DriftSeen.Yes; a.DriftSource = "CRM"; a.DriftExample = "new codes"; }),
            await AnswerAsync(product, week, "ben", 3, a => { a.Comment = "=cmd"; a.Struggles = Struggles.WrongResults; a.StruggleText = "m wrong"; a.Drift = DriftSeen.No; a.DriftExample = "nothing"; }),
            await AnswerAsync(product, week, "chloe", 4),
            new NamelessNote { Id = Guid.NewGuid(), RoundId = week.Id, Struggles = Struggles.WrongResults, Text = "a nameless third", Counted = true },
            new NamelessNote { Id = Guid.NewGuid(), RoundId = week.Id, Struggles = Struggles.NoTrust, Text = "alone in its kind", Counted = true },
            new NamelessNote { Id = Guid.NewGuid(), RoundId = week.Id, Struggles = Struggles.WrongResults, Text = "not counted yet" });

        Assert.Equal(
            [
                "2026-W47|comment|Ben|'=cmd", "2026-W47|comment|Ana|slow on Mondays",
                "2026-W47|struggle||a nameless third", "2026-W47|struggle||m wrong", "2026-W47|struggle||z wrong",
                "2026-W47|drift source||CRM", "2026-W47|drift example||new codes",
            ],
            await TextsAsync(product, loop));
    }

    [Fact]
    public async Task Below_three_answers_only_comments_are_there()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var week = await product.SeedWeekAsync(loop, "2026-11-19");
        await product.SeedAsync(
            await AnswerAsync(product, week, "ana", 2, a => { a.Comment = "fine"; a.StruggleText = "secret"; a.Drift = DriftSeen.Yes; a.DriftSource = "secret"; }),
            new NamelessNote { Id = Guid.NewGuid(), RoundId = week.Id, Struggles = Struggles.NoTrust, Text = "secret", Counted = true });

        Assert.Equal(["2026-W47|comment|Ana|fine"], await TextsAsync(product, loop));
    }

    [Fact]
    public async Task Decisions_actions_and_experiments_stand_in_their_week()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var week = await product.SeedWeekAsync(loop, "2026-11-19");
        var (ana, ben) = (await product.PersonAsync("ana"), await product.PersonAsync("ben"));
        await product.SeedAsync(
            new Decision { Id = Id.New<DecisionId>(product.Clock), LoopId = loop.Id, RoundId = week.Id, Text = "go on", By = ana, At = product.Clock.Now },
            Todo(week.Id, "explain the score"), Todo(null, "of no week"),
            new Experiment { Id = Id.New<ExperimentId>(product.Clock), LoopId = loop.Id, RoundId = week.Id, Change = "the order", Expect = "50 calls", By = new DateOnly(2026, 11, 26), SetAt = product.Clock.Now, Result = ExperimentResult.NotYet });

        Assert.Equal(
            [
                "2026-W47|decision|Ana|go on", "2026-W47|action|Ben|explain the score",
                "2026-W47|experiment||We change: the order. We expect by 2026-11-26: 50 calls. Not yet.",
                "|action|Ben|of no week",
            ],
            await TextsAsync(product, loop));

        ActionItem Todo(RoundId? round, string text) => new()
        {
            Id = Id.New<ActionItemId>(product.Clock), WorkspaceId = loop.WorkspaceId, LoopId = loop.Id, RoundId = round, Text = text, OwnerId = ben,
            DueOn = new DateOnly(2026, 11, 30), CreatedAt = product.Clock.Now,
        };
    }

    [Fact]
    public async Task All_in_json_holds_the_settings_the_weeks_and_the_texts_unchanged()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        await ImportAsync(product, loop, "date,rating,text\n2026-11-03,4,=cmd\n2026-11-03,5,<b>größer</b>\n2026-11-03,4,\n");
        await product.SeedAsync(new Participant { LoopId = loop.Id, PersonId = await product.PersonAsync("ana"), Role = Role.Owner, Since = product.Clock.Now });

        var all = JsonNode.Parse(await ExportAsync(product, loop, ExportFile.All))!;

        Assert.Equal("Churn predictor", (string?)all["initiative"]!["name"]);
        Assert.Equal("thursday", (string?)all["loop"]!["slot"]!["day"]);
        Assert.Equal("owner", (string?)all["loop"]!["people"]![0]!["role"]);
        Assert.Equal(13 / 3.0, (double)all["weeks"]![0]!["mean"]!);
        Assert.Equal(["<b>größer</b>", "=cmd"], all["texts"]!.AsArray().Select(t => (string?)t!["text"]));
    }

    [Fact]
    public async Task All_in_json_holds_the_register_entry_its_stages_and_what_stopped_it()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var (ana, ben) = (await product.PersonAsync("ana"), await product.PersonAsync("ben"));
        await product.UseAsync(async db =>
        {
            var it = await db.Initiatives.SingleAsync();
            (it.Outcome, it.BuilderId, it.PilotCost, it.PlannedEnd) = (new OutcomeStatement("a daily list", null, null, "12 weeks"), ben, 20000, new DateOnly(2026, 12, 24));
            await db.SaveChangesAsync();
        });
        await product.SeedAsync(
            new StageChange { Id = Id.New<StageChangeId>(product.Clock), InitiativeId = loop.InitiativeId, To = Stage.Pilot, By = ana, At = product.Clock.Now },
            new StageChange { Id = Id.New<StageChangeId>(product.Clock), InitiativeId = loop.InitiativeId, From = Stage.Pilot, To = Stage.Stalled, Reason = "nobody looks", At = product.Clock.Now.AddDays(1) },
            new Obstacle { Id = Id.New<ObstacleId>(product.Clock), WorkspaceId = loop.WorkspaceId, InitiativeId = loop.InitiativeId, Cause = Cause.DataQuality, Sentence = "not ready", By = ben, At = product.Clock.Now });

        var it = JsonNode.Parse(await ExportAsync(product, loop, ExportFile.All))!["initiative"]!;

        Assert.Equal(("Ana", "Ben", "a daily list", null, 20000, "2026-12-24"), ((string?)it["owner"], (string?)it["builder"], (string?)it["outcome"]!["capability"], (string?)it["outcome"]!["userGroup"], (double)it["pilotCost"]!, (string?)it["plannedEnd"]));
        Assert.Equal([(null, "pilot", null, "Ana"), ("pilot", "stalled", "nobody looks", null)], it["stages"]!.AsArray().Select(s => ((string?)s!["from"], (string?)s["to"], (string?)s["reason"], (string?)s["by"])));
        Assert.Equal(("dataQuality", "not ready", "Ben"), ((string?)it["obstacles"]![0]!["cause"], (string?)it["obstacles"]![0]!["sentence"], (string?)it["obstacles"]![0]!["by"]));
    }

    [Fact]
    public async Task A_hundred_weeks_are_read_in_a_few_queries()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var file = string.Concat(Enumerable.Range(1, 100).Select(week => $"{new DateOnly(2026, 11, 20).AddDays(-7 * week):yyyy-MM-dd},4,text {week}\n"));
        await ImportAsync(product, loop, "date,rating,text\n" + file);

        var queries = new Queries();
        var options = new DbContextOptionsBuilder<BotDb>();
        options.UseStore(product.Store).AddInterceptors(queries);
        await using var counted = new BotDb(options.Options);
        var export = await new ReadExport(counted).OfAsync(await InHandAsync(counted, loop), CancellationToken.None);

        Assert.Equal((100, 100), (export.Weeks.Count, export.Texts.Count));
        Assert.InRange(queries.Count, 1, 22);
    }

    private static async Task<Answer> AnswerAsync(Product product, Round round, string who, int? rating, Action<Answer>? but = null)
    {
        var answer = new Answer
        {
            Id = Id.New<AnswerId>(product.Clock), RoundId = round.Id, PersonId = await product.PersonAsync(who), Rating = rating, At = product.Clock.Now, Counted = true,
        };
        but?.Invoke(answer);
        return answer;
    }

    private static async Task ImportAsync(Product product, Loop loop, string file)
    {
        var columns = new ImportColumns("date", "rating", file.Contains("text", StringComparison.Ordinal) ? "text" : null);
        var outcome = await product.UseAsync(db => new ImportAnswers(db, product.Clock, NullLogger<ImportAnswers>.Instance)
            .RunAsync(loop, new MemoryStream(Encoding.UTF8.GetBytes(file)), columns, false, null, CancellationToken.None));
        Assert.IsType<ImportOutcome.Imported>(outcome);
    }

    private static Task<byte[]> ExportAsync(Product product, Loop loop, string file) => product.UseAsync(async db =>
        await new WriteExport(new ReadExport(db), product.Clock).BytesAsync(await InHandAsync(db, loop), file, CancellationToken.None));

    private static async Task<LoopInHand> InHandAsync(BotDb db, Loop loop) => new(
        loop, await db.Initiatives.SingleAsync(i => i.Id == loop.InitiativeId), await db.Channels.SingleAsync(c => c.Id == loop.ChannelId));

    private static async Task<string> TextAsync(Product product, Loop loop, string file) => Encoding.UTF8.GetString(await ExportAsync(product, loop, file));

    private static async Task<List<string>> TextsAsync(Product product, Loop loop)
    {
        using var csv = CsvReader.Create(await ExportAsync(product, loop, ExportFile.Texts));
        var rows = new List<string>();
        while (csv.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)));
        }

        return rows;
    }

    private sealed class Queries : DbCommandInterceptor
    {
        public int Count { get; private set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Count++;
            return ValueTask.FromResult(result);
        }
    }
}
