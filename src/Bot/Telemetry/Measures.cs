using System.Diagnostics;
using System.Diagnostics.Metrics;
using Bot.Chat;
using Bot.CheckIns;

namespace Bot.Telemetry;

/// <summary>
/// What the product measures of itself. Tags are few and closed: no workspace, person or card is one, because each value of a tag is a series of its own that
/// somebody else's system keeps, and because who was asked when is nobody's there.
/// </summary>
public sealed class Measures : IDisposable
{
    public const string Name = "Afterpilot";

    /// <summary>From a tenth of a second, where a bell was heard, to the hours of an outage.</summary>
    private static readonly InstrumentAdvice<double> Waits = new() { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14_400, 86_400, 172_800] };

    /// <summary>Platforms wait three seconds (one more than two and a half is too late); the aim is 50 ms.</summary>
    private static readonly InstrumentAdvice<double> Answers = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 5, 10] };

    private readonly Meter _meter = new(Name);
    private readonly Histogram<double> _dueLag;
    private readonly Histogram<double> _deliveryLag;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _acknowledged;
    private readonly Counter<long> _answers;
    private readonly Gauge<long> _depth;
    private readonly Gauge<long> _dead;

    public Measures()
    {
        _dueLag = _meter.CreateHistogram("afterpilot.due.lag", "s", "How late a step of the ledger was begun.", tags: null, Waits);
        _deliveryLag = _meter.CreateHistogram("afterpilot.delivery.lag", "s", "From when a card may go out until the platform has it.", tags: null, Waits);
        _attempts = _meter.CreateCounter<long>("afterpilot.delivery.attempts", "{attempt}", "Cards taken to a platform, by how that ended.");
        _acknowledged = _meter.CreateHistogram("afterpilot.acknowledgement.duration", "s", "From the first byte of what a platform sends to our answer.", tags: null, Answers);
        _answers = _meter.CreateCounter<long>("afterpilot.answers", "{answer}", "Check-ins saved, first ones and changed ones.");
        _depth = _meter.CreateGauge<long>("afterpilot.outbox.depth", "{card}", "Cards that wait to go out, those that wait for another try included.");
        _dead = _meter.CreateGauge<long>("afterpilot.outbox.dead_letters", "{card}", "Cards given up or refused that can be sent again by command.");
    }

    /// <summary>For whoever listens to this one alone.</summary>
    public Meter Meter => _meter;

    public void Begun(Step step, TimeSpan late) =>
        _dueLag.Record(Math.Max(0, late.TotalSeconds), KeyValuePair.Create<string, object?>("afterpilot.step", step.ToString().ToLowerInvariant()));

    /// <param name="outcome">A word of a closed set.</param>
    public void Tried(PlatformName platform, string outcome) => _attempts.Add(1, Of(platform), KeyValuePair.Create<string, object?>("afterpilot.outcome", outcome));

    public void Delivered(PlatformName platform, TimeSpan after) => _deliveryLag.Record(Math.Max(0, after.TotalSeconds), Of(platform));

    /// <param name="kind">A word of a closed set: the adapter's, not the sender's.</param>
    /// <param name="since">From <see cref="Stopwatch.GetTimestamp"/>.</param>
    public void Acknowledged(PlatformName platform, string kind, long since) =>
        _acknowledged.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, Of(platform), KeyValuePair.Create<string, object?>("afterpilot.kind", kind));

    public void Answered() => _answers.Add(1);

    public void Outbox(long waiting, long dead)
    {
        _depth.Record(waiting);
        _dead.Record(dead);
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Of(PlatformName platform) => KeyValuePair.Create<string, object?>("afterpilot.platform", platform.ToString());
}
