using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Bot.Delivery;
using Bot.Host.Tests.Slack;
using Bot.Telemetry;
using FakeSlack.Api;
using FakeSlack.People;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Telemetry;

// What a collector sees of a host: every measure of the table in docs/operating.md, with plausible values and without texts or ids as tags; and a host that does not mind when nobody is there to see it.
public sealed partial class TelemetryTests
{
    private static readonly string[] AllowedTags = ["afterpilot.platform", "afterpilot.kind", "afterpilot.step", "afterpilot.outcome"];

    private static readonly string[] AllowedSpanTags =
        ["afterpilot.platform", "afterpilot.event", "afterpilot.reply", "afterpilot.step", "afterpilot.round.id", "afterpilot.workspace.id"];

    [Fact]
    public async Task A_check_in_reaches_the_collector_measure_by_measure_and_no_text_does()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var team = await SlackTeam.StartAsync(overSockets: false, new()
        {
            ["Otlp__Endpoint"] = collector.Address.AbsoluteUri, ["OTEL_METRIC_EXPORT_INTERVAL"] = "500", ["OTEL_BSP_SCHEDULE_DELAY"] = "200", ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-key=let me in",
        });

        await AnsweredAsync(team);
        await Eventually.HoldsAsync("one card was refused", () => team.AskAsync(db => db.Outbox.AnyAsync(o => o.State == OutboxState.Dead)));
        await Eventually.HoldsAsync("everything was told", () => Documented().All(row => collector.Measures.ContainsKey(row.Name)) && Value(collector, "afterpilot.outbox.dead_letters") == 1, TimeSpan.FromSeconds(60));

        Assert.All(Documented(), row => Assert.Equal(row.Unit, collector.Measures[row.Name].Unit));
        Assert.Equal(1, Value(collector, "afterpilot.answers"));
        Assert.Equal(0, Value(collector, "afterpilot.outbox.depth"));
        var open = collector.Measures["afterpilot.due.lag"].Points.Single(p => p.Tags["afterpilot.step"] == "open");
        Assert.Equal(1ul, open.Count);
        Assert.InRange(open.Value, 0, 60);
        var tried = OfSlack(collector, "afterpilot.delivery.attempts").ToDictionary(p => p.Tags["afterpilot.outcome"], p => (ulong)p.Value);
        var lag = OfSlack(collector, "afterpilot.delivery.lag").Single();
        Assert.Equal(["posted", "refused"], tried.Keys.Order());
        Assert.Equal((1ul, lag.Count), (tried["refused"], tried["posted"]));
        Assert.InRange(lag.Count, 3ul, 30ul);
        Assert.InRange(lag.Value / lag.Count, 0, 60);
        var answers = collector.Measures["afterpilot.acknowledgement.duration"].Points;
        Assert.Superset(new HashSet<string> { "command", "action", "form", "event" }, answers.Select(p => p.Tags["afterpilot.kind"]).ToHashSet());
        Assert.All(answers, p => Assert.InRange(p.Value / p.Count, 0.000_01, 3));
        Assert.Contains(2.5, answers[0].Bounds);

        await Eventually.HoldsAsync("traces were told", () => new[] { "inbound", "due step", "lane" }.All(name => collector.Spans.Any(span => span.Name == name)));
        Assert.All(collector.Spans, span => Assert.True(span is { HasParent: false, Failed: false, Scope: Bot.Telemetry.Measures.Name } && span.Tags.Keys.All(AllowedSpanTags.Contains), span.ToString()));
        Assert.All(collector.Measures.Values.Where(m => m.Scope == Bot.Telemetry.Measures.Name).SelectMany(m => m.Points), point => Assert.Subset(AllowedTags.ToHashSet(), point.Tags.Keys.ToHashSet()));
        Assert.Equal(("afterpilot", "let me in"), (collector.Sender["service.name"], collector.Sender["key"]));
        Assert.Contains("dotnet.gc.collections", collector.Measures.Keys);
        Assert.Contains("http.server.request.duration", collector.Measures.Keys);
        Assert.Empty(collector.Complaints);
    }

    [Fact]
    public void The_table_in_the_documentation_and_the_instruments_are_the_same()
    {
        var registered = new List<(string Name, string Unit)>();
        using var measures = new Measures();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter == measures.Meter)
            {
                registered.Add((instrument.Name, instrument.Unit!));
            }
        };
        listener.Start();

        Assert.Equal(Documented().Order(), registered.Order());
        Assert.Equal(7, registered.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_collector_that_is_not_there_or_does_not_answer_disturbs_nobody(bool isThere)
    {
        const int people = 20;
        await using var collector = await OtlpReceiver.StartAsync(silent: true);
        using var store = new StoreFile();
        await Crowd.SeedAsync(store, people, loops: 1);
        await using var host = await HostProcess.StartReadyAsync(store.Path, new()
        {
            ["Otlp__Endpoint"] = isThere ? collector.Address.AbsoluteUri : "http://127.0.0.1:9", ["OTEL_METRIC_EXPORT_INTERVAL"] = "200", ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        });

        await Eventually.HoldsAsync("everybody is asked", async () => await store.AskAsync(db => db.Outbox.CountAsync(o => o.ToPerson != null && o.State == OutboxState.Delivered)) >= people);
        await Eventually.HoldsAsync("it was tried", () => !isThere || collector.Requests > 0);

        Assert.Equal(0, await host.StopAsync());
        Assert.DoesNotContain("Exception", host.Output);
    }

    /// <summary>Dana brings the app, starts a loop, is asked and answers, and pauses the loop, which Slack does not take.</summary>
    private static async Task AnsweredAsync(SlackTeam team)
    {
        await team.InstallAsync();
        await team.Dana.SeesAsync(Person.App, "Add me to the channel");
        await team.Slack.InviteAppAsync(team.Channel, team.Dana.Id);
        await Eventually.HoldsAsync("the members of the channel were read", () => team.AskAsync(db => db.Channels.AnyAsync(c => c.MembersReadAt != null)));
        await team.Dana.TypeAsync(SlackTeam.Place, "/pilot loop");
        var form = await team.Dana.WindowAsync();
        await form.FillAsync("name", "Churn predictor");
        await form.FillAsync("people", "dana");
        await form.FillAsync("day", team.Now.AddDays(2).DayOfWeek.ToString());
        await form.FillAsync("time", "10:00");
        await form.FillAsync("zone", "Europe/Berlin");
        await WeekInSlackTests.SubmitAsync(form);
        await team.Lee.SeesAsync(SlackTeam.Place, "a weekly loop starts here");

        await team.MoveToAsync((await team.RoundAsync()).OpensAt);
        await team.Dana.PressAsync(await team.Dana.SeesAsync(Person.App, "Churn predictor"), "Answer");
        var answer = await team.Dana.WindowAsync();
        await answer.FillAsync("rating", "4");
        await answer.FillAsync("drift", "no");
        await WeekInSlackTests.SubmitAsync(answer);
        await team.Dana.SeesAsync(Person.App, "Saved");
        team.Slack.Fail("chat.postMessage", new Trouble.Refusal("invalid_blocks"));
        await team.Dana.TypeAsync(SlackTeam.Place, "/pilot pause holidays");
    }

    private static double Value(OtlpReceiver collector, string name) => collector.Measures[name].Points.Single().Value;

    /// <summary>The clock of this test is the playground's, which is a platform too.</summary>
    private static IEnumerable<Point> OfSlack(OtlpReceiver collector, string name) => collector.Measures[name].Points.Where(p => p.Tags["afterpilot.platform"] == "slack");

    private static List<(string Name, string Unit)> Documented() => [.. Rows().Matches(File.ReadAllText(Document)).Select(row => (row.Groups["name"].Value, row.Groups["unit"].Value))];

    private static string Document { get; } = Path.Combine(Repository(AppContext.BaseDirectory), "docs", "operating.md");

    private static string Repository(string folder) => File.Exists(Path.Combine(folder, "Bot.sln")) ? folder : Repository(Path.GetDirectoryName(folder)!);

    [GeneratedRegex(@"^\| `(?<name>afterpilot\.[a-z_.]+)` \| `(?<unit>[^`]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rows();
}
