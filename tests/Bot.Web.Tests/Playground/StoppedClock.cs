namespace Bot.Web.Tests.Playground;

/// <summary>A system clock that stands still until told.</summary>
internal sealed class StoppedClock : TimeProvider
{
    /// <summary>A Wednesday.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 18, 9, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Start;

    public override DateTimeOffset GetUtcNow() => Now;
}
