namespace Bot.Checkups;

/// <summary>How bad a finding is.</summary>
public enum Verdict
{
    Ok,

    /// <summary>It runs; somebody should look.</summary>
    Warn,

    /// <summary>It does not run, or not for long.</summary>
    Fail,
}

/// <summary>One line that an operator reads: what was looked at, how it is, and what to mend. Never a secret.</summary>
/// <param name="About">One or two words.</param>
public sealed record Finding(Verdict Verdict, string About, string Words)
{
    /// <summary>What is signed is refused when it is five minutes old; a clock that is a minute off and running away gets there.</summary>
    private static readonly TimeSpan TooFarOff = TimeSpan.FromSeconds(60);

    public static Finding Ok(string about, string words) => new(Verdict.Ok, about, words);

    public static Finding Warn(string about, string words) => new(Verdict.Warn, about, words);

    public static Finding Fail(string about, string words) => new(Verdict.Fail, about, words);

    /// <param name="whose">Of whom the other clock is.</param>
    /// <param name="theirs">What it says, to the second.</param>
    /// <param name="ours">What this host's says at that moment.</param>
    public static Finding OfClock(string whose, DateTimeOffset theirs, DateTimeOffset ours)
    {
        var off = ours - theirs;
        var words = $"this host's clock and that of {whose} are {off.Duration().TotalSeconds:0} s apart";
        return off.Duration() <= TooFarOff ? Ok("clock", words)
            : Fail("clock", $"{words}: it is {(off > TimeSpan.Zero ? "ahead" : "behind")}. Let the machine keep its time by NTP; at five minutes what platforms send is refused.");
    }
}

/// <summary>
/// Looks at one part of an installation and says what it finds. It changes nothing and disturbs no host that runs beside it. Each platform has its own, which is why this is
/// an interface.
/// </summary>
public interface ICheckup
{
    /// <summary>What it is about, should it not get as far as a finding.</summary>
    string About { get; }

    IAsyncEnumerable<Finding> LookAsync(CancellationToken ct);
}
