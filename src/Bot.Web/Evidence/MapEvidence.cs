using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Bot.Web.Evidence;

/// <summary>Gives the door for monitors its address.</summary>
public static class EvidenceEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>POST /evidence/{initiative}</c>, which counts by itself: keys, and refusals.</summary>
        public IEndpointConventionBuilder MapEvidence() => routes.MapPost("/evidence/{initiative}", PostEvidence.HandleAsync).DisableRateLimiting();
    }
}
