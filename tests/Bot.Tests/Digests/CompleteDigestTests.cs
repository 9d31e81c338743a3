using System.Text;
using Bot.CheckIns;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Trends;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Digests;

/// <summary>What the digest and the status say beside the week's own answers: the plan, what monitors saw, which warnings wait.</summary>
public sealed class CompleteDigestTests : IAsyncLifetime
{
    private Product _product = null!;
    private LoopId _loop;

    public async Task InitializeAsync()
    {
        _product = await Product.StartAsync();
        _loop = await _product.StartLoopAsync(but: new() { ["metric"] = "Calls changed", ["unit"] = "calls" });
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task That_people_see_drift_which_monitors_do_not_comes_first()
    {
        await ReportAsync("""{"series":"share","value":0.05,"at":"2026-11-24T06:00:00Z","method":"PSI"}""");
        await WeekAsync("ben", "chloe", "dev");

        var digest = Digest;

        Assert.StartsWith("Needs attention: people see drift that the monitors do not.", digest);
        Assert.Contains("3 of 4 saw a change", digest);
        Assert.Contains("share 0.05 (no drift", digest);
    }

    [Fact]
    public async Task Without_reports_nothing_is_said_of_monitors_or_a_disagreement()
    {
        await WeekAsync("ben", "chloe", "dev");

        Assert.DoesNotContain("onitors", Digest);
    }

    [Fact]
    public async Task The_plan_is_said_once_there_is_one_and_status_says_the_same()
    {
        await WeekAsync();
        Assert.DoesNotContain("of 3 done", Digest);

        await _product.UseAsync(async db =>
        {
            var initiative = await db.Initiatives.SingleAsync();
            foreach (var done in new DateTimeOffset?[] { _product.Clock.Now, null, null })
            {
                db.Add(new PlanItem
                {
                    Id = Bot.Chat.Id.New<PlanItemId>(_product.Clock), WorkspaceId = initiative.WorkspaceId, InitiativeId = initiative.Id, Kind = PlanKind.Trust,
                    Text = "Show the reason", CreatedAt = _product.Clock.Now, DoneAt = done,
                });
            }

            await db.SaveChangesAsync();
        });

        Assert.Contains("1 of 3 done", CardText.Of(Assert.IsType<Bot.Chat.Reply.Whisper>(await _product.TypeAsync("ana", "digest")).Card));
        Assert.Contains("1 of 3 done", CardText.Of(Assert.IsType<Bot.Chat.Reply.Whisper>(await _product.TypeAsync("ana", "status")).Card));
    }

    [Fact]
    public async Task Warnings_that_opened_with_the_week_stand_in_its_digest_and_in_the_status_until_they_end()
    {
        await WeekAsync();
        await _product.MoveToAsync("2026-12-03T09:31:00Z");

        var open = await _product.UseAsync(db => db.Warnings.Where(w => w.State == Bot.Warnings.WarningState.Open).OrderByDescending(w => w.Level).ToListAsync());
        var status = CardText.Of(Assert.IsType<Bot.Chat.Reply.Whisper>(await _product.TypeAsync("ana", "status")).Card);

        Assert.NotEmpty(open);
        Assert.Contains("Warnings open", Digest);
        Assert.Contains(open[0].Finding, Digest);
        Assert.Contains($"{open.Count} warning", status);
    }

    [Fact]
    public async Task What_a_monitor_sends_for_the_metric_is_in_digest_trend_and_history_alike()
    {
        await ReportAsync("""{"series":"calls_changed","value":41,"at":"2026-11-24T06:00:00Z"}""");
        await WeekAsync();

        var (loop, initiative) = await _product.UseAsync(async db => (await db.Loops.SingleAsync(l => l.Id == _loop), await db.Initiatives.SingleAsync()));
        var past = await _product.AskAsync<ReadTrends, PastWeeksInTwo>(read => read.BeforeAsync(loop, initiative, DateOnly.MaxValue, CancellationToken.None));

        Assert.Contains("Calls changed: 41 calls this week", Digest);
        Assert.Equal(41, Assert.Single((await _product.HistoryAsync(_loop)).Select(w => w.Metric)));
        Assert.Equal(41, Assert.Single(past.Behaviour(null).Series.Weeks).Value);
    }

    private string Digest => _product.Chat.Posts.Last(m => m.Key.StartsWith("digest:", StringComparison.Ordinal)).Shown;

    /// <summary>The four of the loop answer 4; those named saw something change.</summary>
    private async Task WeekAsync(params string[] saw)
    {
        await _product.MoveToAsync("2026-11-25T09:30:00Z");
        var round = await _product.RoundAsync(_loop, "2026-11-26");
        foreach (var who in new[] { "ana", "ben", "chloe", "dev" })
        {
            await _product.AnswerAsync(who, round.Id, "4", new() { ["drift"] = saw.Contains(who) ? "yes" : "no" });
        }

        await _product.MoveToAsync("2026-11-26T09:31:00Z");
    }

    private async Task ReportAsync(string body)
    {
        var initiative = await _product.UseAsync(db => db.Initiatives.SingleAsync());
        var read = Assert.IsType<EvidenceReading.Read>(ParseEvidence.From(Encoding.UTF8.GetBytes(body), _product.Clock.Now));
        await _product.AskAsync<TakeEvidence, EvidenceTaken>(take => take.TakeAsync(new VerifiedKey(default, initiative.WorkspaceId, initiative.Id), read.Items, CancellationToken.None));
    }
}
