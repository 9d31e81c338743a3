using System.Data.Common;
using System.Text.Json;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Digests;
using Bot.Imports;
using Bot.Loops;
using Bot.Retention;
using Bot.Tests.Imports;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Retention;

// One rare word stands in everything that is written in a week: it is looked for in every column of the store, young, old and too old. The numbers are the same throughout, and
// the digest of the week says what is gone. Then: more weeks than one batch, a week left open by a pause, texts that are imported into a week whose own are gone.
public sealed class ForgetOldTextsTests
{
    private const string Word = "zyzzyva";
    private static readonly string[] OfAnswers =
        ["Answers.Comment", "Answers.DriftExample", "Answers.DriftSource", "Answers.StruggleText", "NamelessNotes.Text", "WarningAnswers.Text"];

    [Fact]
    public async Task Texts_are_in_the_store_for_twelve_months_and_then_nowhere() => await AgeAsync(await TestStore.MigratedFileAsync());

    [PostgresFact]
    public async Task Texts_are_in_the_store_for_twelve_months_and_then_nowhere_on_PostgreSQL() => await AgeAsync(await TestStore.MigratedOnServerAsync());

    [Fact]
    public async Task More_weeks_than_one_batch_are_all_cleared()
    {
        await using var product = await Product.StartAsync("2026-11-23T08:00:00Z");
        var loop = await product.SeedLoopAsync();
        var first = DateOnly.Parse("2022-01-06");
        for (var week = 0; week < 120; week++)
        {
            var round = await product.SeedWeekAsync(loop, first.AddDays(7 * week).ToString("yyyy-MM-dd"));
            await product.SeedAsync(new Answer { Id = Id.New<AnswerId>(product.Clock), RoundId = round.Id, Rating = 3, Comment = Word, At = round.ReviewAt, Counted = true });
        }

        await ForgetAsync(product);

        Assert.Equal((120, 0), await product.UseAsync(async db => (await db.Answers.CountAsync(), await db.Answers.CountAsync(a => a.Comment != null))));
        Assert.Equal(120, await product.UseAsync(db => db.Rounds.CountAsync(r => r.TextsGoneAt != null)));
    }

    [Fact]
    public async Task A_week_that_a_pause_left_open_takes_no_more_answers()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var round = await product.SeedWeekAsync(loop, "2025-11-06");
        Assert.True(round.TakesAnswers);

        await ForgetAsync(product);

        Assert.False((await product.RoundAsync(loop.Id, "2025-11-06")).TakesAnswers);
    }

    [Fact]
    public async Task Texts_imported_into_a_week_whose_own_are_gone_go_with_the_next_run()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        await Importing.ImportAsync(product, loop, $"date,rating,text\n2025-03-05,4,{Word} one\n");
        await ForgetAsync(product);
        Assert.IsType<ImportOutcome.Imported>(await Importing.ImportAsync(product, loop, $"date,rating,text\n2025-03-05,4,{Word} two\n"));

        await ForgetAsync(product);

        Assert.Equal([null, null], (await Importing.AnswersAsync(product)).Select(a => a.Comment));
        Assert.Equal(2, Assert.Single(await product.HistoryAsync(loop.Id), w => w.Imported).Answered);
    }

    private static async Task AgeAsync(TestStore store)
    {
        await using var product = await Product.StartAsync(on: store);
        var loop = await product.StartLoopAsync();
        var week = await LiveAsync(product, loop);
        var (figures, history) = (await FiguresAsync(product, week), await NumbersAsync(product, loop));
        Assert.Equal([.. OfAnswers.Append("Drafts.Values").Append("Outbox.Card").Order(StringComparer.Ordinal)], await WhereAsync(product));

        product.Clock.Now = DateTimeOffset.Parse("2027-10-26T10:00:00Z");
        await RunAsync(product);
        Assert.Equal(OfAnswers, await WhereAsync(product));
        Assert.Contains(Word, await DigestAsync(product, week));

        product.Clock.Now = DateTimeOffset.Parse("2027-11-28T10:00:00Z");
        await RunAsync(product);
        Assert.Empty(await WhereAsync(product));
        Assert.Equal((figures, history), (await FiguresAsync(product, week), await NumbersAsync(product, loop)));
        var digest = await DigestAsync(product, week);
        Assert.Contains("What people wrote that week is no longer kept; the numbers are.", digest);
        Assert.Contains("(from 3 to 4, n = 4)", digest);
        Assert.Contains("3 of 4 saw a change", digest);
    }

    /// <summary>A week in which everything that can be written has the word in it, one card never arrives and one form is never sent.</summary>
    private static async Task<RoundId> LiveAsync(Product product, LoopId loop)
    {
        await product.MoveToAsync("2026-11-25T10:00:00Z");
        var round = await product.RoundAsync(loop, "2026-11-26");
        foreach (var (who, rating) in new[] { ("ana", "3"), ("ben", "4"), ("chloe", "4"), ("dev", "3") })
        {
            await product.AnswerAsync(who, round.Id, rating, new()
            {
                ["comment"] = $"{Word} helps", ["struggles"] = "other", ["struggleText"] = $"{Word} has no reason, {who}", ["nameless"] = who == "dev" ? "true" : "false",
                ["drift"] = who == "ana" ? "no" : "yes", ["driftSource"] = $"{Word} source", ["driftExample"] = $"{Word} example",
            });
        }

        await product.HearAsync(new FormClosed(product.Next(), product.Workspace, new ChatPerson("ben"), product.Personal("ben"), new ActionRef(CheckInForm.Name, round.Id.ToString()), new FormValues(new Dictionary<string, string> { ["comment"] = Word })));
        product.Chat.Fails = key => key.StartsWith("digest:", StringComparison.Ordinal) ? new PostOutcome.Refused("too long") : null;
        await product.MoveToAsync("2026-11-26T12:00:00Z");
        product.Chat.Fails = _ => null;
        var ana = await product.PersonAsync("ana");
        await product.SeedAsync(new WarningAnswer { Id = Id.New<WarningAnswerId>(product.Clock), WarningId = Id.New<WarningId>(product.Clock), Text = Word, By = ana, At = product.Clock.Now });
        var kept = await product.UseAsync(db => db.Loops.SingleAsync(l => l.Id == loop));
        Assert.IsType<ImportOutcome.Imported>(await Importing.ImportAsync(product, kept, $"date,rating,text\n2026-11-10,3,{Word} in a spreadsheet\n"));
        Assert.Equal(OutboxState.Dead, await product.UseAsync(db => db.Outbox.Where(o => o.Key == $"digest:{round.Id}").Select(o => o.State).SingleAsync()));
        return round.Id;
    }

    private static async Task RunAsync(Product product)
    {
        await product.AskAsync<Tidy, bool>(async tidy =>
        {
            await tidy.RunAsync(CancellationToken.None);
            return true;
        });
        await ForgetAsync(product);
    }

    private static Task<bool> ForgetAsync(Product product) => product.AskAsync<ForgetOldTexts, bool>(async forget =>
    {
        await forget.RunAsync(CancellationToken.None);
        return true;
    });

    /// <summary>All figures of the week, without the words beside them.</summary>
    private static async Task<string> FiguresAsync(Product product, RoundId week)
    {
        var round = await product.UseAsync(db => db.Rounds.AsNoTracking().SingleAsync(r => r.Id == week));
        var figures = await product.AskAsync<ReadWeeks, WeekFigures>(weeks => weeks.FiguresAsync(round, CancellationToken.None));
        return JsonSerializer.Serialize(figures with { Struggles = [.. figures.Struggles.Select(s => s with { Quote = null })], Drift = figures.Drift! with { Examples = [] } });
    }

    private static async Task<string> NumbersAsync(Product product, LoopId loop) => JsonSerializer.Serialize(await product.HistoryAsync(loop));

    private static async Task<string> DigestAsync(Product product, RoundId week) => CardText.Of(await product.UseAsync(async db =>
    {
        var inHand = (await RoundInHand.LoadAsync(db, [week], CancellationToken.None)).Single();
        return await product.AskAsync<PostDigest, Card>(digest => digest.CardAsync(inHand, CancellationToken.None));
    }));

    /// <summary>Every column of every table that has the word in some row.</summary>
    private static Task<List<string>> WhereAsync(Product product) => product.UseAsync(async db =>
    {
        var columns = db.Database.IsNpgsql()
            ? "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            : "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'";
        var found = new List<string>();
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        foreach (var (table, column) in await ReadAsync(connection, columns))
        {
            if ((await ReadAsync(connection, $"""SELECT 'found', 'here' FROM "{table}" WHERE lower(CAST("{column}" AS text)) LIKE '%{Word}%' LIMIT 1""")).Count > 0)
            {
                found.Add($"{table}.{column}");
            }
        }

        await db.Database.CloseConnectionAsync();
        found.Sort(StringComparer.Ordinal);
        return found;
    });

    private static async Task<List<(string, string)>> ReadAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(string, string)>();
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetString(0), reader.GetString(1)));
        }

        return rows;
    }
}
