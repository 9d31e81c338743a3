using Microsoft.Extensions.DependencyInjection;

namespace Bot.Web.Evidence;

/// <summary>How often monitors may send.</summary>
public sealed record EvidenceOptions
{
    /// <summary>Reports a minute with one key.</summary>
    public int PostsPerMinute { get; init; } = 60;

    /// <summary>Refusals a minute that one source is told more about than to wait.</summary>
    public int RefusalsPerMinute { get; init; } = 30;
}

/// <summary>Brings the door for monitors into a host.</summary>
public static class EvidenceServices
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddEvidence(EvidenceOptions options) => services.AddSingleton(options).AddSingleton<EvidenceLimits>();
    }
}
